package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pull of an image. Reports arrive on docker-java's thread and are taken up by ours, which alone may touch the
 * lease. As long as something is reported it goes on; silence ends it.
 */
final class ImagePull {
    private static final Duration LISTEN = Duration.ofSeconds(5);

    private final DockerClient docker;
    private final ImageRef ref;
    private final Consumer<String> progress;
    private final Supplier<Duration> left;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

    /** A report of the engine; the last one has ended, and may have failed. */
    private record Report(boolean ended, Optional<Throwable> failure) {}

    ImagePull(DockerClient docker, ImageRef ref, Consumer<String> progress, Supplier<Duration> left) {
        this.docker = docker;
        this.ref = ref;
        this.progress = progress;
        this.left = left;
    }

    void run() {
        String tagged = ref.tag().isEmpty() && ref.digest().isEmpty() ? ref.value() + ":latest" : ref.value();
        Callback callback = new Callback();
        try {
            DockerErrors.translated(
                    "pull the image", () -> docker.pullImageCmd(tagged).exec(callback));
            await();
        } finally {
            // Of a pull that is still going on, this ends it.
            callback.end();
        }
    }

    private void await() {
        Duration silence = Duration.ZERO;
        while (silence.compareTo(Limits.PULL_SILENCE) < 0) {
            @Nullable Report report = next();
            if (report == null) {
                silence = silence.plus(LISTEN);
            } else if (report.failure().isPresent()) {
                throw translated(report.failure().get());
            } else if (report.ended()) {
                return;
            } else {
                silence = Duration.ZERO;
            }
            progress.accept("");
        }
        throw failed("nothing was heard of the pull for " + Limits.PULL_SILENCE.toSeconds() + " s", null);
    }

    /** The next report, or null if there is none for a while. */
    private @Nullable Report next() {
        Duration rest = left.get();
        if (rest.isNegative() || rest.isZero()) {
            throw failed("no time left for the pull in this attempt", null);
        }
        Duration listen = rest.compareTo(LISTEN) < 0 ? rest : LISTEN;
        try {
            return reports.poll(listen.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(ErrorCode.INTERNAL, "interrupted while pulling", e);
        }
    }

    private OperationFailed translated(Throwable failure) {
        if (!(failure instanceof DockerException answer)) {
            return DockerErrors.ofConnection("pull " + ref, failure);
        }
        String text = DockerErrors.text(answer);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("denied")
                || lower.contains("unauthorized")
                || lower.contains("no basic auth")
                || lower.contains("authentication required")) {
            return new OperationFailed(ErrorCode.IMAGE_DENIED, "the registry refuses " + ref + ": " + text, answer);
        }
        boolean missing = answer.getHttpStatus() == 404
                || lower.contains("manifest unknown")
                || lower.contains("not found")
                || lower.contains("repository does not exist");
        if (missing) {
            return new OperationFailed(ErrorCode.IMAGE_NOT_FOUND, "there is no image " + ref + ": " + text, answer);
        }
        return failed("pulling " + ref + " failed: " + text, answer);
    }

    private static OperationFailed failed(String text, @Nullable Throwable cause) {
        return new OperationFailed(ErrorCode.IMAGE_PULL_FAILED, text, cause);
    }

    private final class Callback extends ResultCallback.Adapter<PullResponseItem> {
        @Override
        public void onNext(PullResponseItem item) {
            Optional<Throwable> error = Optional.ofNullable(item.getErrorDetail())
                    .map(detail -> new DockerException(String.valueOf(detail.getMessage()), 500));
            reports.add(new Report(error.isPresent(), error));
        }

        @Override
        public void onError(Throwable failure) {
            reports.add(new Report(true, Optional.of(failure)));
        }

        @Override
        public void onComplete() {
            reports.add(new Report(true, Optional.empty()));
        }

        void end() {
            try {
                close();
            } catch (IOException e) {
                throw failed("the pull could not be ended: " + e.getMessage(), e);
            }
        }
    }
}
