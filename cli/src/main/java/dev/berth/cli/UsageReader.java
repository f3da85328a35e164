package dev.berth.cli;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.ContainerHost.Usage;
import dev.berth.port.Game;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks hosts what their running games use: hosts side by side, and of each several games. A host that does not answer is
 * asked no more, and holds up nobody but those that wait for it at the end.
 */
final class UsageReader {
    private static final int HOSTS_AT_ONCE = 64;

    /** Each takes an engine a second or two, in which it mostly waits; below what a connection pool has. */
    private static final int GAMES_AT_ONCE = 12;

    /** For all of a host's games together. */
    private static final Duration HOST_LIMIT = Duration.ofSeconds(10);

    private final Function<HostId, Optional<Host>> hosts;
    private final Meters meters;
    private final Map<GameId, Usage> usages = new ConcurrentHashMap<>();
    private final Map<HostId, String> problems = new ConcurrentHashMap<>();

    /** A connection to a host, as far as it is needed here. */
    interface Meter {
        /** @return empty if the container does not run */
        Optional<Usage> usage(String container);
    }

    /** Opens connections. */
    interface Meters {
        /** @param left what is left of the host's time */
        Meter connect(Host host, Supplier<Duration> left);
    }

    private record Running(GameId game, HostId host, String container) {
        static Optional<Running> of(Game game) {
            return game.record()
                    .filter(record -> record.status() == RuntimeStatus.RUNNING)
                    .flatMap(record -> record.host()
                            .flatMap(host -> record.container()
                                    .map(GameContainer::id)
                                    .map(container -> new Running(game.id(), host, container))));
        }
    }

    UsageReader(Function<HostId, Optional<Host>> hosts, Meters meters) {
        this.hosts = hosts;
        this.meters = meters;
    }

    /** Asks about those that run. */
    void read(List<Game> games) {
        Map<HostId, List<Running>> byHost =
                games.stream().flatMap(game -> Running.of(game).stream()).collect(Collectors.groupingBy(Running::host));
        sideBySide(HOSTS_AT_ONCE, byHost.entrySet(), each -> ask(each.getKey(), each.getValue()));
    }

    /** What a game uses; empty where its host has not told. */
    Optional<Usage> of(GameId game) {
        return Optional.ofNullable(usages.get(game));
    }

    /** Why some of a host's games have no answer. */
    Map<HostId, String> problems() {
        return Map.copyOf(problems);
    }

    private void ask(HostId id, List<Running> games) {
        Instant until = Instant.now().plus(HOST_LIMIT);
        try {
            Host host = hosts.apply(id)
                    .orElseThrow(() -> new OperationFailed(ErrorCode.NOT_FOUND, "the host is not registered"));
            Meter meter = meters.connect(host, () -> Duration.between(Instant.now(), until));
            sideBySide(GAMES_AT_ONCE, games, game -> ask(meter, game));
        } catch (OperationFailed failed) {
            note(id, failed);
        }
    }

    private void ask(Meter meter, Running game) {
        if (problems.containsKey(game.host())) {
            return;
        }
        try {
            meter.usage(game.container()).ifPresent(usage -> usages.put(game.game(), usage));
        } catch (OperationFailed failed) {
            note(game.host(), failed);
        }
    }

    private void note(HostId host, OperationFailed failed) {
        problems.putIfAbsent(host, failed.code().wire() + ": " + failed.text());
    }

    private static <T> void sideBySide(int atOnce, Collection<T> all, Consumer<T> task) {
        try (ExecutorService tasks =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            all.forEach(each -> tasks.execute(() -> task.accept(each)));
        }
    }
}
