package dev.berth.port;

import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import java.time.Duration;
import java.util.Optional;

/**
 * One container engine. Containers are created by name and changed by id only: a removal by name that comes late would
 * hit the newer container.
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

    /**
     * Pulls an image.
     *
     * @param progress called with each report of the engine, and every few seconds without one
     * @throws OperationFailed {@code image_not_found}, {@code image_denied}, {@code image_pull_failed}
     */
    Image pull(ImageRef ref, Runnable progress);

    /** @throws OperationFailed {@code container_start_failed} if the engine refuses the plan as such */
    Creation create(ContainerPlan plan);

    /** What came of creating a container. */
    sealed interface Creation {
        record Created(String id) implements Creation {}

        /** The name is taken, or is just being given or taken away. */
        record NameTaken() implements Creation {}
    }

    Optional<Container> inspect(String idOrName);

    /** @throws OperationFailed {@code container_start_failed}, {@code port_in_use} */
    void start(String id);

    /** Asks the container to end, and kills it after the grace. Returns when the engine says that it is down, or gone. */
    void stop(String id, Duration grace);

    void kill(String id);

    /** Removes the container, running or not; its volumes stay. */
    void remove(String id);

    /** The end of what the container printed, at most that many lines. */
    String logs(String id, int lines);
}
