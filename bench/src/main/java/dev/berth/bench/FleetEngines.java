package dev.berth.bench;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Sha256;
import dev.berth.port.Container;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHosts;
import dev.berth.port.EngineCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Engines in memory that have the containers of a fleet, but for those that somebody removed by hand. */
final class FleetEngines implements ContainerHosts {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ANY_HASH = Sha256.hex("any");

    private final Fleet fleet;
    private final String stack;
    private final Set<GameId> removed = ConcurrentHashMap.newKeySet();
    private final LongAdder calls = new LongAdder();

    FleetEngines(Fleet fleet, String stack) {
        this.fleet = fleet;
        this.stack = stack;
    }

    void removeByHand(GameId game) {
        removed.add(game);
    }

    /** How many there were to all engines. */
    long calls() {
        return calls.sum();
    }

    @Override
    public ContainerHost connect(Host host, Supplier<Duration> left, Consumer<EngineCall> ended) {
        return new FleetEngine(host.id(), () -> containers(host), calls::increment);
    }

    private List<Container> containers(Host host) {
        return fleet.games(host.id()).stream()
                .filter(game -> !removed.contains(game))
                .map(this::container)
                .toList();
    }

    private Container container(GameId game) {
        Map<String, String> labels = Map.of(
                "berth.owner",
                stack,
                "berth.game",
                game.value(),
                "berth.fence",
                "1",
                "berth.op",
                "op-0123456789ab",
                "berth.spec",
                ANY_HASH,
                "berth.image",
                "sha256:" + ANY_HASH);
        return new Container(
                SampleLog.firstContainer(game),
                stack + "_" + game,
                labels,
                "games/arena:1.4.2",
                Optional.empty(),
                LONG_AGO,
                State.RUNNING,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
