package dev.berth.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.port.Container;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One Docker engine, over docker-java. */
final class DockerHost implements ContainerHost {
    private final DockerClient docker;
    private final Supplier<StreamingCall> streaming;
    private final Pulls pulls;
    private final DockerImages images;
    private final String address;
    private final Supplier<Instant> certificatesEnd;
    private final TimeLimit time;

    /**
     * @param address where published ports answer
     * @param certificatesEnd when the first certificate of the last connection ends
     */
    DockerHost(
            DockerClient docker,
            Supplier<StreamingCall> streaming,
            Pulls pulls,
            String address,
            Supplier<Instant> certificatesEnd,
            TimeLimit time) {
        this.docker = docker;
        this.streaming = streaming;
        this.pulls = pulls;
        this.images = new DockerImages(docker, time);
        this.address = address;
        this.certificatesEnd = certificatesEnd;
        this.time = time;
    }

    // --- images ---

    @Override
    public Optional<Image> findImage(ImageRef ref) {
        return images.find(ref);
    }

    @Override
    public Optional<Image> findImage(PinnedImage image) {
        return images.find(image);
    }

    @Override
    public Image pull(ImageRef ref, Consumer<String> progress) {
        time.told("pull the image", () -> {
            pulls.pull(ref, progress);
            return null;
        });
        return images.arrived(ref);
    }

    @Override
    public List<StoredImage> images() {
        return images.all();
    }

    @Override
    public boolean removeImage(String id) {
        return images.remove(id);
    }

    // --- containers ---

    @Override
    public Creation create(ContainerPlan plan) {
        return time.within(Limits.CREATE, "create the container", () -> {
            try {
                var create = HardenedConfig.applied(docker.createContainerCmd(plan.image()), plan);
                return new Creation.Created(Inspected.id(create.exec().getId()));
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

    @Override
    public void copyFiles(String id, List<ContainerFile> files) {
        change(Limits.CREATE, "copy files into the container", () -> new FileTransfer(docker, id).send(files));
    }

    @Override
    public Optional<Container> inspect(String idOrName) {
        return time.within(Limits.READ, "look at the container", () -> {
            try {
                return Optional.of(
                        Inspected.of(docker.inspectContainerCmd(idOrName).exec(), idOrName, address));
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<Container> list(Map<String, String> labels) {
        return time.within(
                Limits.READ,
                "list the containers",
                () -> docker.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
                        // One that is just being made or removed may have none.
                        .filter(listed -> listed.getNames() != null && listed.getNames().length > 0)
                        .map(listed -> Inspected.of(listed, address))
                        .toList());
    }

    @Override
    public boolean rename(String id, String name) {
        return time.within(Limits.RENAME, "rename the container", () -> {
            try {
                docker.renameContainerCmd(id).withName(name).exec();
                return true;
            } catch (NotFoundException | ConflictException goneOrTaken) {
                return false;
            } catch (BadRequestException refused) {
                // So it says to a container that has the name already.
                if (docker.inspectContainerCmd(id).exec().getName().equals("/" + name)) {
                    return true;
                }
                throw refused;
            }
        });
    }

    @Override
    public void start(String id) {
        change(Limits.START, "start the container", () -> {
            try {
                docker.startContainerCmd(id).exec();
            } catch (DockerException refused) {
                if (DockerErrors.isCommandsFault(refused)) {
                    throw new OperationFailed(
                            ErrorCode.CONTAINER_START_FAILED,
                            "the container cannot be started: " + DockerErrors.text(refused),
                            refused);
                }
                throw refused;
            }
        });
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
    public void removeVolumes(String prefix) {
        change(Limits.REMOVE, "remove the volumes", () -> new DockerVolumes(docker).remove(prefix));
    }

    @Override
    public String logs(String id, int lines) {
        return time.within(
                Limits.READ, "read the container's output", () -> ContainerOutput.of(id, lines, streaming.get()));
    }

    @Override
    public Optional<Usage> usage(String id) {
        return time.within(Limits.READ, "read what the container uses", () -> ContainerUsage.of(id, streaming.get()));
    }

    // --- the engine itself ---

    @Override
    public About about() {
        return time.within(Limits.READ, "tell of itself", () -> EngineSelf.of(docker, certificatesEnd));
    }

    @Override
    public Instant certificatesEnd() {
        return certificatesEnd.get();
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
