package dev.berth.cli;

import dev.berth.action.Deployment;
import dev.berth.model.Desired;
import dev.berth.model.Exit;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.model.ImageRef;
import dev.berth.model.LogHead;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.Resources;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.Size;
import dev.berth.port.Bound;
import dev.berth.port.Game;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Hosts and games to show. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private Samples() {}

    static Host host(HostState state, HostNotes notes) {
        return new Host(
                        new HostId("host-1"),
                        URI.create("tcp://10.0.0.1:2376"),
                        "/tls",
                        new Capacity(4000, 4L << 30),
                        Capacity.NONE,
                        state,
                        Map.of())
                .with(state, notes);
    }

    static Drain drain(String... games) {
        return new Drain(NOW, Stream.of(games).map(GameId::new).toList(), Map.of());
    }

    /** A host that is being drained of these games. */
    static Host draining(Drain drain) {
        return host(HostState.DRAINING, HostNotes.NONE.withDrain(Optional.of(drain)));
    }

    static List<Bound> bound(String... games) {
        return Stream.of(games)
                .map(game -> new Bound(
                        new GameId(game), RuntimeStatus.RUNNING, Desired.RUNNING, Optional.of("container-" + game)))
                .toList();
    }

    static RuntimeRecord runningOn(String host) {
        return RuntimeRecord.running(
                new Placement(new HostId(host), new Resources(250, new Size(64L << 20))),
                new GameContainer("container", new Fence(1), List.of(), NOW),
                new PinnedImage(new ImageRef("games/arena:1.0.0"), "sha256:0"),
                "hash",
                Optional.empty());
    }

    static Exit exit(int code, boolean outOfMemory) {
        return new Exit(Optional.of(code), outOfMemory, NOW);
    }

    static Game game(String id, RuntimeRecord record) {
        return game(id, Optional.of(record), Optional.empty());
    }

    /** One of which nothing is recorded yet. */
    static Game game(String id, Optional<Deployment> open) {
        return game(id, Optional.empty(), open);
    }

    private static Game game(String id, Optional<RuntimeRecord> record, Optional<Deployment> open) {
        return new Game(
                new GameId(id),
                new Fence(1),
                record,
                Optional.empty(),
                new LogHead(1, LogHead.GENESIS),
                open,
                Optional.empty(),
                Optional.empty());
    }
}
