package dev.berth.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameContainer;
import dev.berth.model.HealthCheck;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.Placement;
import dev.berth.model.PlainText;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Container;
import dev.berth.port.Container.Health;
import dev.berth.port.ContainerFile;
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
    private NewContainer() {}

    static Starting create(Starting start, Attempt attempt) {
        attempt.cover();
        NamedContainer name = name(start, attempt);
        removeAside(start, name, attempt);
        String id = name.ensure(host(start, attempt), plan(start, name.name(), attempt));
        return start.with(new GameContainer(id, attempt.fence(), List.of(), attempt.now()));
    }

    /**
     * One that was set aside and could not be put back may be running under its other name, where the new one would not
     * meet it.
     */
    private static void removeAside(Starting start, NamedContainer name, Attempt attempt) {
        boolean first = attempt.game().record().isEmpty();
        if (first || start.spared().isPresent()) {
            return;
        }
        ContainerHost host = host(start, attempt);
        OurContainer.on(host, attempt)
                .filter(there -> name.wasSetAside(there.container()))
                .forEach(there -> host.remove(there.id()));
    }

    private static ContainerPlan plan(Starting start, String name, Attempt attempt) {
        RuntimeSpec spec = start.spec();
        Image image = start.image().orElseThrow();
        Map<String, String> labels = new HashMap<>(spec.labels());
        labels.put(NamedContainer.OWNER, attempt.world().stack());
        labels.put(NamedContainer.GAME, attempt.game().id().value());
        labels.put(NamedContainer.FENCE, attempt.fence().toString());
        labels.put(NamedContainer.OP, attempt.request().op().value());
        labels.put(NamedContainer.SPEC, SpecJson.hash(spec));
        labels.put(NamedContainer.IMAGE, image.digest());
        return new ContainerPlan(
                name,
                image.id(),
                labels,
                spec,
                GameEnv.of(spec, attempt.world().secrets()),
                start.ports().of(attempt.game().id(), spec.ports()),
                name);
    }

    static Starting remove(Starting start, Attempt attempt) {
        if (start.place().isEmpty()) {
            return start;
        }
        attempt.cover();
        ContainerHost host = host(start, attempt);
        name(start, attempt).removeMine(host);
        if (start.spared().isPresent()) {
            return start.withoutContainer(false);
        }
        Optional<String> old = attempt.game()
                .record()
                .filter(record -> record.host().equals(start.place().map(Placement::host)))
                .flatMap(RuntimeRecord::container)
                .map(GameContainer::id);
        return start.withoutContainer(old.isPresent() && host.inspect(old.get()).isEmpty());
    }

    /** Reads all that a new container needs beside its image, before anything is touched for it. */
    static Starting check(Starting start, Attempt attempt) {
        GameEnv.of(start.spec(), attempt.world().secrets());
        files(start.spec(), attempt);
        return start;
    }

    /** Files are written into a container that never ran; so it can be done again, as often as the step is. */
    static Starting copyFiles(Starting start, Attempt attempt) {
        if (!start.spec().files().isEmpty()) {
            attempt.cover();
            host(start, attempt).copyFiles(container(start).id(), files(start.spec(), attempt));
        }
        return start;
    }

    private static List<ContainerFile> files(RuntimeSpec spec, Attempt attempt) {
        return spec.files().stream()
                .map(file -> new ContainerFile(
                        file.path(), file.mode(), attempt.world().blobs().read(file.sha256())))
                .toList();
    }

    /** If a port that we have chosen is taken, the container is created again with another choice. */
    static Starting start(Starting start, Attempt attempt) {
        Starting chosen = start;
        while (true) {
            attempt.cover();
            try {
                host(chosen, attempt).start(container(chosen).id());
                return chosen;
            } catch (OperationFailed refused) {
                Optional<PortChoice> next = chosen.ports().next(chosen.spec().ports());
                if (refused.code() != ErrorCode.PORT_IN_USE || next.isEmpty()) {
                    throw masked(refused, chosen.spec(), attempt);
                }
                host(chosen, attempt).remove(container(chosen).id());
                chosen = copyFiles(create(chosen.with(next.get()), attempt), attempt);
            }
        }
    }

    /** An engine quotes the command that it cannot run. */
    private static OperationFailed masked(OperationFailed refused, RuntimeSpec spec, Attempt attempt) {
        boolean quotes = refused.code() == ErrorCode.CONTAINER_START_FAILED || refused.code() == ErrorCode.DOCKER_ERROR;
        if (!quotes) {
            return refused;
        }
        return new OperationFailed(
                refused.code(),
                GameEnv.masked(refused.text(), spec, attempt.world().secrets()),
                refused);
    }

    static Starting kill(Starting start, Attempt attempt) {
        if (start.container().isPresent()) {
            attempt.cover();
            host(start, attempt).kill(container(start).id());
        }
        return start;
    }

    /** @param settle how long it must stay up where its spec does not say */
    static Starting awaitHealthy(Starting start, Duration settle, Attempt attempt) {
        Duration wanted = start.spec().settle().orElse(settle);
        ContainerHost host = host(start, attempt);
        Instant began = attempt.now();
        while (true) {
            Container there = host.inspect(container(start).id())
                    .orElseThrow(() -> failed(ErrorCode.CONTAINER_START_FAILED, "the container is gone"));
            if (!name(start, attempt).isOurs(there)) {
                throw failed(ErrorCode.DOCKER_ERROR, "the engine gave the id of a container that is not ours");
            }
            if (!there.state().live()) {
                throw failed(
                        ErrorCode.CONTAINER_START_FAILED,
                        "the container ended with exit code " + there.exitCode().orElse(-1)
                                + (there.oomKilled() ? ", out of memory" : "")
                                + lastWords(host, there, start.spec(), attempt));
            }
            if (there.health().equals(Optional.of(Health.UNHEALTHY))) {
                throw failed(
                        ErrorCode.CONTAINER_UNHEALTHY,
                        "the health check failed" + lastWords(host, there, start.spec(), attempt));
            }
            Duration up = Duration.between(began, attempt.now());
            if (settled(there, start.spec(), wanted, up)) {
                return start.with(new GameContainer(
                        there.id(),
                        container(start).fence(),
                        there.endpoints(),
                        there.startedAt().orElseGet(attempt::now)));
            }
            if (up.compareTo(patience(start.spec(), wanted)) > 0) {
                throw failed(
                        ErrorCode.CONTAINER_UNHEALTHY,
                        "not healthy within " + up.toSeconds() + " s" + lastWords(host, there, start.spec(), attempt));
            }
            attempt.cover();
            attempt.pause(Limits.HEALTH_POLL);
        }
    }

    private static boolean settled(Container there, RuntimeSpec spec, Duration settle, Duration up) {
        boolean healthy = spec.health().isEmpty() || there.health().equals(Optional.of(Health.HEALTHY));
        return healthy && up.compareTo(settle) >= 0;
    }

    private static Duration patience(RuntimeSpec spec, Duration settle) {
        return settle.plus(spec.health().map(HealthCheck::patience).orElse(Duration.ZERO))
                .plus(Limits.HEALTHY_WITHIN);
    }

    /** What the container printed last, for the error's text; without the values of its environment. */
    private static String lastWords(ContainerHost host, Container container, RuntimeSpec spec, Attempt attempt) {
        try {
            String words = GameEnv.masked(
                            host.logs(container.id(), Limits.LAST_LOG_LINES),
                            spec,
                            attempt.world().secrets())
                    .strip();
            return words.isEmpty() ? "" : "; it printed last:\n" + end(words);
        } catch (OperationFailed unheard) {
            return "; its output could not be read: " + unheard.text();
        }
    }

    /**
     * The cause stands at the end, where an error's text is cut: so it is cut before, at its beginning, once it has the
     * length that it has there.
     */
    static String end(String words) {
        byte[] bytes = PlainText.printable(words).getBytes(UTF_8);
        int from = Math.max(0, bytes.length - Limits.LAST_LOG_BYTES);
        while (from > 0 && (bytes[from] & 0xC0) == 0x80) {
            // In the middle of a character.
            from++;
        }
        return (from > 0 ? "..." : "") + new String(bytes, from, bytes.length - from, UTF_8);
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

    private static NamedContainer name(Starting start, Attempt attempt) {
        return new NamedContainer(
                attempt.world().stack(), attempt.game().id(), attempt.fence(), start.spared(), attempt::pause);
    }
}
