package dev.berth.port;

import dev.berth.model.Endpoint;
import dev.berth.model.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as an engine describes it.
 *
 * @param image the id or the name of its image, as the engine tells it
 * @param resources what it may use; absent in a list
 * @param state what it is doing
 * @param exitCode of its last run, if it ended
 * @param health absent where it has no health check
 * @param endpoints where its published ports answer, while it runs
 */
public record Container(
        String id,
        String name,
        Map<String, String> labels,
        String image,
        Optional<Resources> resources,
        Instant createdAt,
        State state,
        Optional<Integer> exitCode,
        boolean oomKilled,
        Optional<Health> health,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        List<Endpoint> endpoints) {

    /** What a container is doing. */
    public enum State {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        REMOVING,
        EXITED,
        DEAD;

        /** Whether a process of it may be alive. */
        public boolean live() {
            return switch (this) {
                case RUNNING, PAUSED, RESTARTING -> true;
                case CREATED, REMOVING, EXITED, DEAD -> false;
            };
        }
    }

    /** What its health check says. */
    public enum Health {
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    public Container {
        labels = Map.copyOf(labels);
        endpoints = List.copyOf(endpoints);
    }
}
