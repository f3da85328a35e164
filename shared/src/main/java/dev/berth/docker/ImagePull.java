package dev.berth.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.port.RegistryLogins.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pull of an image, for all who wait for it. Reports arrive on docker-java's thread; those who wait look at them on
 * their own, which alone may touch their leases. As long as it gets further it goes on; standing still ends it.
 */
final class ImagePull extends ResultCallback.Adapter<PullResponseItem> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final StreamingCall call;
    private final ImageRef ref;
    private final Duration silence;
    private final PullProgress progress = new PullProgress();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile long lastAdvance = System.nanoTime();

    private ImagePull(StreamingCall call, ImageRef ref, Duration silence) {
        this.call = call;
        this.ref = ref;
        this.silence = silence;
    }

    /**
     * A pull that is going on; returns before the engine answers.
     *
     * @param silence how long it may stand still
     */
    static ImagePull begun(StreamingCall call, ImageRef ref, Optional<Login> login, Duration silence) {
        PullImageCmd command = call.client().pullImageCmd(ref.exact());
        login.ifPresent(known -> command.withAuthConfig(new AuthConfig()
                .withRegistryAddress(ConfigLogins.registry(ref))
                .withUsername(known.user())
                .withPassword(known.password())));
        ImagePull pull = new ImagePull(call, ref, silence);
        DockerErrors.translated("pull the image", () -> command.exec(pull));
        return pull;
    }

    /** Whether it came to its end, good or bad. */
    boolean hasEnded() {
        return ended.isDone();
    }

    /** Returns when the image is there; tells from time to time how far it is. */
    void await(Consumer<String> listener, Supplier<Duration> left) {
        while (!endsWithin(look(left))) {
            if (System.nanoTime() - lastAdvance > silence.toNanos()) {
                ended.completeExceptionally(
                        failed("the pull did not get further for " + silence.toSeconds() + " s", null));
            }
            listener.accept(progress.text());
        }
    }

    private Duration look(Supplier<Duration> left) {
        Duration rest = left.get();
        if (rest.isNegative() || rest.isZero()) {
            throw failed("no time left for the pull in this attempt", null);
        }
        return rest.compareTo(LOOK) < 0 ? rest : LOOK;
    }

    private boolean endsWithin(Duration time) {
        try {
            ended.get(time.toMillis() + 1, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException e) {
            throw translated(Optional.ofNullable(e.getCause()).orElse(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(ErrorCode.INTERNAL, "interrupted while pulling", e);
        }
    }

    /** Frees the connection; of a pull that is still going on, this ends it. */
    void end() {
        try (call) {
            close();
        } catch (IOException unheard) {
            // What came of the pull is known by now, and is what counts.
        }
    }

    // --- what the engine reports ---

    @Override
    public void onNext(PullResponseItem report) {
        if (progress.advance(report)) {
            lastAdvance = System.nanoTime();
        }
        Optional.ofNullable(report.getErrorDetail())
                .map(detail -> new DockerException(String.valueOf(detail.getMessage()), 500))
                .ifPresent(ended::completeExceptionally);
    }

    @Override
    public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }

    // --- what a failure means ---

    /** A new one for each who waits: each adds where it happened to it. */
    private OperationFailed translated(Throwable failure) {
        if (failure instanceof OperationFailed known) {
            return new OperationFailed(known.code(), known.text(), known);
        }
        if (!(failure instanceof DockerException answer)) {
            return DockerErrors.ofConnection("pull " + ref, failure);
        }
        String text = DockerErrors.text(answer);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("denied")
                || lower.contains("unauthorized")
                || lower.contains("no basic auth")
                || lower.contains("authentication required")
                || lower.contains("http 401")
                || lower.contains("http 403")
                || lower.contains("403 forbidden")) {
            return new OperationFailed(ErrorCode.IMAGE_DENIED, "the registry refuses " + ref + ": " + text, answer);
        }
        boolean missing = answer.getHttpStatus() == 404
                || lower.contains("http 404")
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
}
