package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Container;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One Docker engine, over docker-java. */
final class DockerHost implements ContainerHost {
    private final DockerClient docker;
    private final Supplier<StreamingCall> streaming;
    private final String address;
    private final TimeLimit time;

    /** @param address where published ports answer */
    DockerHost(DockerClient docker, Supplier<StreamingCall> streaming, String address, TimeLimit time) {
        this.docker = docker;
        this.streaming = streaming;
        this.address = address;
        this.time = time;
    }

    // --- images ---

    @Override
    public Optional<Image> findImage(ImageRef ref) {
        return lookUp(ref, ref.value());
    }

    private Optional<Image> lookUp(ImageRef ref, String exact) {
        return time.within(Limits.READ, "look at the image", () -> {
            try {
                return Optional.of(image(ref, docker.inspectImageCmd(exact).exec()));
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    private static Image image(ImageRef ref, InspectImageResponse found) {
        String id = Optional.ofNullable(found.getId()).orElseThrow();
        List<String> digests = Optional.ofNullable(found.getRepoDigests()).orElse(List.of());
        String digest = digests.stream()
                .map(ImageRef::new)
                .filter(known -> known.repository().equals(ref.repository()))
                .flatMap(known -> known.digest().stream())
                .findFirst()
                .orElse(id);
        return new Image(id, digest);
    }

    @Override
    public Optional<Image> findImage(PinnedImage image) {
        // What was imported and never pulled has no digest but its own id.
        return lookUp(image.ref(), image.ref().name() + "@" + image.digest())
                .or(() -> lookUp(image.ref(), image.digest()));
    }

    @Override
    public Image pull(ImageRef ref, Consumer<String> progress) {
        try (StreamingCall call = streaming.get()) {
            new ImagePull(call.client(), ref, progress, time.left()).run();
        }
        return findImage(ref)
                .orElseThrow(() ->
                        new OperationFailed(ErrorCode.IMAGE_PULL_FAILED, "the pulled image " + ref + " is not there"));
    }

    @Override
    public List<StoredImage> images() {
        return time.within(
                Limits.READ,
                "list the images",
                () -> docker.listImagesCmd().exec().stream()
                        .map(image ->
                                new StoredImage(image.getId(), List.of(), Instant.ofEpochSecond(image.getCreated())))
                        .toList());
    }

    @Override
    public boolean removeImage(String id) {
        return time.within(Limits.REMOVE, "remove the image", () -> {
            try {
                docker.removeImageCmd(id).exec();
                return true;
            } catch (NotFoundException gone) {
                return true;
            } catch (ConflictException used) {
                return false;
            }
        });
    }

    @Override
    public void copyFiles(String id, List<ContainerFile> files) {
        throw new UnsupportedOperationException("copyFiles");
    }

    @Override
    public List<Container> list(Map<String, String> labels) {
        throw new UnsupportedOperationException("list");
    }

    @Override
    public boolean rename(String id, String name) {
        return time.within(Limits.RENAME, "rename the container", () -> {
            try {
                docker.renameContainerCmd(id).withName(name).exec();
                return true;
            } catch (NotFoundException | ConflictException taken) {
                return false;
            }
        });
    }

    @Override
    public void removeVolumes(String prefix) {
        throw new UnsupportedOperationException("removeVolumes");
    }

    // --- containers ---

    @Override
    public Creation create(ContainerPlan plan) {
        return time.within(Limits.CREATE, "create the container", () -> {
            try {
                return new Creation.Created(command(plan).exec().getId());
            } catch (ConflictException taken) {
                return new Creation.NameTaken();
            } catch (BadRequestException refused) {
                throw new OperationFailed(
                        ErrorCode.CONTAINER_START_FAILED,
                        "the engine refuses the container: " + DockerErrors.text(refused),
                        refused);
            }
        });
    }

    private CreateContainerCmd command(ContainerPlan plan) {
        RuntimeSpec spec = plan.spec();
        CreateContainerCmd create = docker.createContainerCmd(plan.image())
                .withName(plan.name())
                .withLabels(plan.labels())
                .withHostConfig(HardenedConfig.of(plan))
                .withExposedPorts(HardenedConfig.exposedPorts(plan.ports()))
                .withEnv(plan.env().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .toList());
        if (!spec.command().isEmpty()) {
            create.withCmd(spec.command());
        }
        spec.user().ifPresent(create::withUser);
        spec.stopSignal().ifPresent(create::withStopSignal);
        spec.health().ifPresent(health -> create.withHealthcheck(HardenedConfig.healthCheck(health)));
        return create;
    }

    @Override
    public Optional<Container> inspect(String idOrName) {
        return time.within(Limits.READ, "look at the container", () -> {
            try {
                return Optional.of(
                        Inspected.of(docker.inspectContainerCmd(idOrName).exec(), address));
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void start(String id) {
        change(Limits.START, "start the container", () -> {
            try {
                docker.startContainerCmd(id).exec();
            } catch (DockerException refused) {
                if (isGamesFault(refused)) {
                    throw new OperationFailed(
                            ErrorCode.CONTAINER_START_FAILED,
                            "the container cannot be started: " + DockerErrors.text(refused),
                            refused);
                }
                throw refused;
            }
        });
    }

    /**
     * The runtime's words for a command that is not there or cannot be run, as runc and crun say it. The same words
     * about anything else (a missing runtime, a broken mount) are the host's fault.
     */
    private static boolean isGamesFault(DockerException refused) {
        String text = DockerErrors.text(refused).toLowerCase(Locale.ROOT);
        boolean ofProcess = text.contains("starting container process caused")
                || text.contains("unable to start container process")
                || text.contains("executable file `");
        return (ofProcess && text.contains("exec")) || text.contains("unable to find user");
    }

    @Override
    public void stop(String id, Duration grace) {
        change(grace.plus(Limits.STOP_EXTRA), "stop the container", () -> {
            try {
                docker.stopContainerCmd(id).withTimeout((int) grace.toSeconds()).exec();
            } catch (NotFoundException gone) {
                // Down as can be.
            }
        });
    }

    @Override
    public void kill(String id) {
        change(Limits.REMOVE, "kill the container", () -> {
            try {
                docker.killContainerCmd(id).exec();
            } catch (NotFoundException | ConflictException notRunning) {
                // Nothing to kill.
            }
        });
    }

    @Override
    public void remove(String id) {
        change(Limits.REMOVE, "remove the container", () -> {
            try {
                docker.removeContainerCmd(id)
                        .withForce(true)
                        // Only the nameless ones that the image declares; the game's own have names.
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException goneOrGoing) {
                // Removed already, or being removed by somebody else right now.
            }
        });
    }

    @Override
    public String logs(String id, int lines) {
        return time.within(Limits.READ, "read the container's output", () -> {
            StringBuilder text = new StringBuilder();
            try (StreamingCall call = streaming.get();
                    var output = new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    }) {
                call.client()
                        .logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTail(lines)
                        .exec(output)
                        .awaitCompletion();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationFailed(ErrorCode.INTERNAL, "interrupted while reading output", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text.toString();
        });
    }

    private void change(Duration limit, String what, Runnable call) {
        time.within(limit, what, () -> {
            try {
                call.run();
            } catch (NotModifiedException already) {
                // It is as it should be.
            }
            return null;
        });
    }
}
