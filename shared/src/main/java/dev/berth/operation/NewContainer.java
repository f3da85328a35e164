package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameContainer;
import dev.berth.model.HealthCheck;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Container;
import dev.berth.port.Container.Health;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerPlan;
import dev.berth.wire.SpecJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps by which a game gets a new container, from the create to the proof that it is well. */
final class NewContainer {
    private static final int SHORTEST_SECRET = 4;

    private NewContainer() {}

    static Starting create(Starting start, Attempt attempt) {
        attempt.cover();
        NamedContainer name = name(attempt);
        Image image = start.image().orElseThrow();
        Map<String, String> labels = new HashMap<>(start.spec().labels());
        labels.put(NamedContainer.OWNER, attempt.stack());
        labels.put(NamedContainer.GAME, attempt.game().id().value());
        labels.put(NamedContainer.FENCE, attempt.fence().toString());
        labels.put(NamedContainer.OP, attempt.request().op().value());
        labels.put(NamedContainer.SPEC, SpecJson.hash(start.spec()));
        labels.put(NamedContainer.IMAGE, image.digest());
        String id = name.ensure(
                host(start, attempt), new ContainerPlan(name.name(), image.id(), labels, start.spec(), name.name()));
        return start.with(new GameContainer(id, attempt.fence(), List.of(), attempt.now()));
    }

    static Starting remove(Starting start, Attempt attempt) {
        if (start.place().isEmpty()) {
            return start;
        }
        attempt.cover();
        ContainerHost host = host(start, attempt);
        name(attempt).removeMine(host);
        Optional<String> old =
                attempt.game().record().flatMap(RuntimeRecord::container).map(GameContainer::id);
        return start.withoutContainer(old.isPresent() && host.inspect(old.get()).isEmpty());
    }

    static Starting start(Starting start, Attempt attempt) {
        attempt.cover();
        host(start, attempt).start(container(start).id());
        return start;
    }

    static Starting kill(Starting start, Attempt attempt) {
        if (start.container().isPresent()) {
            attempt.cover();
            host(start, attempt).kill(container(start).id());
        }
        return start;
    }

    static Starting awaitHealthy(Starting start, Attempt attempt) {
        ContainerHost host = host(start, attempt);
        Instant began = attempt.now();
        while (true) {
            Container there = host.inspect(container(start).id())
                    .orElseThrow(() -> failed(ErrorCode.CONTAINER_START_FAILED, "the container is gone"));
            if (!there.state().live()) {
                throw failed(
                        ErrorCode.CONTAINER_START_FAILED,
                        "the container ended with exit code " + there.exitCode().orElse(-1)
                                + (there.oomKilled() ? ", out of memory" : "")
                                + lastWords(host, there, start.spec()));
            }
            if (there.health().equals(Optional.of(Health.UNHEALTHY))) {
                throw failed(
                        ErrorCode.CONTAINER_UNHEALTHY,
                        "the health check failed" + lastWords(host, there, start.spec()));
            }
            Duration up = Duration.between(began, attempt.now());
            if (settled(there, start.spec(), up)) {
                return start.with(new GameContainer(
                        there.id(),
                        container(start).fence(),
                        there.endpoints(),
                        there.startedAt().orElseGet(attempt::now)));
            }
            if (up.compareTo(patience(start.spec())) > 0) {
                throw failed(
                        ErrorCode.CONTAINER_UNHEALTHY,
                        "not healthy within " + up.toSeconds() + " s" + lastWords(host, there, start.spec()));
            }
            attempt.cover();
            attempt.pause(Limits.HEALTH_POLL);
        }
    }

    private static boolean settled(Container there, RuntimeSpec spec, Duration up) {
        boolean healthy = spec.health().isEmpty() || there.health().equals(Optional.of(Health.HEALTHY));
        return healthy && up.compareTo(spec.settle().orElse(Duration.ZERO)) >= 0;
    }

    private static Duration patience(RuntimeSpec spec) {
        return spec.settle()
                .orElse(Duration.ZERO)
                .plus(spec.health().map(HealthCheck::patience).orElse(Duration.ZERO))
                .plus(Limits.HEALTHY_WITHIN);
    }

    /** What the container printed last, for the error's text; without the values of its environment. */
    private static String lastWords(ContainerHost host, Container container, RuntimeSpec spec) {
        try {
            String words = host.logs(container.id(), Limits.LAST_LOG_LINES).strip();
            for (String value : spec.env().values()) {
                words = value.length() < SHORTEST_SECRET ? words : words.replace(value, "***");
            }
            return words.isEmpty() ? "" : "; it printed last:\n" + words;
        } catch (OperationFailed unheard) {
            return "; its output could not be read: " + unheard.text();
        }
    }

    private static OperationFailed failed(ErrorCode code, String text) {
        return new OperationFailed(code, text);
    }

    private static ContainerHost host(Starting start, Attempt attempt) {
        return attempt.connect(start.placed().host());
    }

    private static GameContainer container(Starting start) {
        return start.container().orElseThrow();
    }

    private static NamedContainer name(Attempt attempt) {
        return new NamedContainer(attempt.stack(), attempt.game().id(), attempt.fence(), attempt::pause);
    }
}
