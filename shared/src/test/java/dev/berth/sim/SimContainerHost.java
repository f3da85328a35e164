package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.port.Clock;
import dev.berth.port.Container;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import dev.berth.port.EngineCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A connection to an {@link EngineModel}, with the limits of the real one. */
final class SimContainerHost implements ContainerHost {
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    private final EngineModel engine;
    private final Line line;
    private final Supplier<Duration> left;
    private final Clock clock;
    private final Consumer<EngineCall> ended;

    /** The way to an engine. */
    interface Line {
        <T> T call(String what, Duration limit, Consumer<Reply<T>> request);

        void pause(Duration duration);
    }

    /** Nobody asks which calls there were. */
    SimContainerHost(EngineModel engine, Line line, Supplier<Duration> left) {
        this(engine, line, left, Clock.system(), _ -> {});
    }

    SimContainerHost(EngineModel engine, Line line, Supplier<Duration> left, Clock clock, Consumer<EngineCall> ended) {
        this.engine = engine;
        this.line = line;
        this.left = left;
        this.clock = clock;
        this.ended = ended;
    }

    private <T> T within(Duration limit, String what, Consumer<Reply<T>> request) {
        Duration rest = left.get();
        if (rest.isNegative() || rest.isZero()) {
            throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "no time left to " + what);
        }
        Instant began = clock.now();
        Optional<ErrorCode> failure = Optional.of(ErrorCode.INTERNAL);
        try {
            T answer = line.call(what + " on " + engine.id(), rest.compareTo(limit) < 0 ? rest : limit, request);
            failure = Optional.empty();
            return answer;
        } catch (OperationFailed failed) {
            failure = Optional.of(failed.code());
            throw failed;
        } finally {
            ended.accept(new EngineCall(what, Duration.between(began, clock.now()), failure));
        }
    }

    @Override
    public Optional<Image> findImage(ImageRef ref) {
        return within(
                Limits.READ, "look at image " + ref, reply -> engine.images().find(ref, reply));
    }

    @Override
    public Optional<Image> findImage(PinnedImage image) {
        return within(
                Limits.READ, "look at image " + image, reply -> engine.images().find(image, reply));
    }

    @Override
    public List<StoredImage> images() {
        return within(Limits.READ, "list the images", reply -> engine.images().all(reply));
    }

    @Override
    public boolean removeImage(String id) {
        return within(
                Limits.REMOVE, "remove image " + id, reply -> engine.images().remove(id, reply));
    }

    @Override
    public Image pull(ImageRef ref, Consumer<String> progress) {
        int reports = this.<Integer>within(
                Limits.READ, "pull " + ref, reply -> engine.images().pull(ref, reply));
        for (int i = 0; i < reports; i++) {
            line.pause(BETWEEN_REPORTS);
            progress.accept((i + 1) + " of " + reports);
        }
        this.<Boolean>within(
                Limits.READ, "end the pull of " + ref, reply -> engine.images().pulled(ref, reply));
        return findImage(ref)
                .orElseThrow(() -> new OperationFailed(ErrorCode.IMAGE_PULL_FAILED, "the pulled image is not there"));
    }

    @Override
    public Creation create(ContainerPlan plan) {
        return within(Limits.CREATE, "create " + plan.name(), reply -> engine.create(plan, reply));
    }

    @Override
    public void copyFiles(String id, List<ContainerFile> files) {
        this.<Boolean>within(
                Limits.CREATE,
                "copy " + files.size() + " files into " + id,
                reply -> engine.copyFiles(id, files, reply));
    }

    @Override
    public List<Container> list(Map<String, String> labels) {
        return within(Limits.READ, "list containers with " + labels, reply -> engine.list(labels, reply));
    }

    @Override
    public boolean rename(String id, String name) {
        return within(Limits.RENAME, "rename " + id + " to " + name, reply -> engine.rename(id, name, reply));
    }

    @Override
    public void removeVolumes(String prefix) {
        this.<Boolean>within(Limits.REMOVE, "remove volumes " + prefix, reply -> engine.removeVolumes(prefix, reply));
    }

    @Override
    public Optional<Container> inspect(String idOrName) {
        return within(Limits.READ, "inspect " + idOrName, reply -> engine.inspect(idOrName, reply));
    }

    @Override
    public void start(String id) {
        this.<Boolean>within(Limits.START, "start " + id, reply -> engine.start(id, reply));
    }

    @Override
    public void stop(String id, Duration grace) {
        this.<Boolean>within(
                grace.plus(Limits.STOP_EXTRA),
                "stop " + id + " in " + grace.toSeconds() + " s",
                reply -> engine.stop(id, grace, reply));
    }

    @Override
    public void kill(String id) {
        this.<Boolean>within(Limits.REMOVE, "kill " + id, reply -> engine.kill(id, reply));
    }

    @Override
    public void remove(String id) {
        this.<Boolean>within(Limits.REMOVE, "remove " + id, reply -> engine.remove(id, reply));
    }

    @Override
    public Optional<Usage> usage(String id) {
        return within(Limits.READ, "read what " + id + " uses", reply -> engine.usage(id, reply));
    }

    @Override
    public About about() {
        return within(Limits.READ, "tell of itself", engine::about);
    }

    @Override
    public Instant certificatesEnd() {
        return EngineModel.CERTIFICATES_END;
    }

    @Override
    public String logs(String id, int lines) {
        return within(
                Limits.READ,
                "read the output of " + id,
                reply -> engine.inspect(id, new Reply<>((seen, refused) -> {
                    if (refused != null) {
                        reply.fail(refused);
                    } else if (seen.isEmpty()) {
                        reply.fail(ErrorCode.DOCKER_ERROR, "no such container");
                    } else {
                        reply.answer("the last words of " + id);
                    }
                })));
    }
}
