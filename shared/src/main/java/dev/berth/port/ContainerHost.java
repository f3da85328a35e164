package dev.berth.port;

import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One container engine. Containers are created by name and changed by id: a removal by name that comes late would hit the
 * newer container. A stop or a start that comes late hits an older one that is still there, so these two also take a
 * name, one that only one attempt knows.
 *
 * <p>Already done is success: starting a started container, stopping a stopped one, removing one that is gone. A failure
 * of the connection means that the outcome is unknown; look before deciding.
 *
 * <p>Every call is bounded by its own limit and by what the attempt has left; it fails with {@code host_unreachable},
 * {@code tls_failed}, {@code docker_error} or {@code host_disk_full} where nothing else is said.
 */
public interface ContainerHost {
    /** An image that the engine has: its id, and the digest that pins it. */
    record Image(String id, String digest) {}

    Optional<Image> findImage(ImageRef ref);

    /** The very image that a reference meant earlier, whatever it means now. */
    Optional<Image> findImage(PinnedImage image);

    /**
     * Pulls an image; several callers who ask for the same one at once share one pull.
     *
     * @param progress called with each report of the engine, and every few seconds without one, with how far it is
     * @throws OperationFailed {@code image_not_found}, {@code image_denied}, {@code image_pull_failed}
     */
    Image pull(ImageRef ref, Consumer<String> progress);

    /**
     * An image that the engine keeps.
     *
     * @param names its tags and digests, as references
     * @param since when it was built or tagged here, whichever is later
     */
    record StoredImage(String id, List<String> names, Instant since) {}

    List<StoredImage> images();

    /** @return false if it is in use, so that it stays */
    boolean removeImage(String id);

    /** @throws OperationFailed {@code container_start_failed} if the engine refuses the plan as such */
    Creation create(ContainerPlan plan);

    /** What came of creating a container. */
    sealed interface Creation {
        record Created(String id) implements Creation {}

        /** The name is taken, or is just being given or taken away. */
        record NameTaken() implements Creation {}
    }

    /**
     * Writes files into a container that never ran.
     *
     * @throws OperationFailed {@code container_start_failed} if the container cannot take them
     */
    void copyFiles(String id, List<ContainerFile> files);

    Optional<Container> inspect(String idOrName);

    /** The containers with all these labels, also those that do not run; without health, exit and times. */
    List<Container> list(Map<String, String> labels);

    /**
     * Gives the container another name; it may have that one already.
     *
     * @return false if another container has the name, or the container is gone
     */
    boolean rename(String id, String name);

    /** @throws OperationFailed {@code container_start_failed}, {@code port_in_use} */
    void start(String idOrName);

    /** Asks the container to end, and kills it after the grace. Returns when the engine says that it is down, or gone. */
    void stop(String idOrName, Duration grace);

    void kill(String id);

    /** Removes the container, running or not; its volumes stay. */
    void remove(String id);

    /** Removes the volumes whose names begin so; one that is in use stays, and fails with {@code docker_error}. */
    void removeVolumes(String prefix);

    /**
     * What a running container uses.
     *
     * @param processors how many it keeps busy: 0.5 is half of one
     * @param memoryBytes without what the kernel could take back at once
     * @param memoryLimit in bytes
     */
    record Usage(double processors, long memoryBytes, long memoryLimit) {}

    /** @return empty if the container does not run */
    Optional<Usage> usage(String id);

    /**
     * An engine as it tells of itself.
     *
     * @param id its own, which it keeps wherever it is reached; empty where it has none
     * @param apiVersion the newest that it speaks, as {@code 1.41}
     * @param liveRestore whether containers outlive its daemon
     * @param time by its own clock
     * @param certificatesEnd when the first certificate of the connection ends, theirs or ours
     */
    record About(
            String id,
            String version,
            String apiVersion,
            boolean liveRestore,
            String storageDriver,
            Instant time,
            int processors,
            long memoryBytes,
            Instant certificatesEnd) {}

    About about();

    /** When the first certificate ends of the connection that was made last, theirs or ours. Asks the engine nothing. */
    Instant certificatesEnd();

    /** The end of what the container printed, at most that many lines. */
    String logs(String id, int lines);
}
