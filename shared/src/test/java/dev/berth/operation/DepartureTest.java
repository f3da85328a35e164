package dev.berth.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Drift;
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
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Game;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.SpecJson;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepartureTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final GameId GAME = new GameId("chess");
    private static final HostId HOST = new HostId("host-1");
    private static final Drain DRAIN = new Drain(AT, List.of(GAME), Map.of());

    @Test
    void aGameLeavesAsItsLabelSays() {
        assertThat(departure("{}")).isEqualTo(new Departure.Leaves(Drift.TO_MOVE));
        assertThat(departure("{\"labels\": {\"drain\": \"move\"}}")).isEqualTo(new Departure.Leaves(Drift.TO_MOVE));
        assertThat(departure("{\"labels\": {\"drain\": \"stop\"}}")).isEqualTo(new Departure.Leaves(Drift.TO_STOP));
        assertThat(departure("{\"labels\": {\"drain\": \"wait\"}}")).isInstanceOf(Departure.Stays.class);
    }

    @Test
    void aLabelThatSaysSomethingElseIsToldAndNotGuessed() {
        assertThat(departure("{\"labels\": {\"drain\": \"mvoe\"}}"))
                .isEqualTo(new Departure.Stays("its label drain says neither move, stop nor wait"));
    }

    @Test
    void oneThatFailedOrWasBegunAndIsStillThereStays() {
        assertThat(departure("{}", DRAIN.withFailed(Map.of(GAME, "it came back"))))
                .isEqualTo(new Departure.Stays("it came back"));
        assertThat(departure("{}", DRAIN.withBegun(Map.of(GAME, 2L)))).isInstanceOf(Departure.Stays.class);
        assertThat(departure("{}", DRAIN.withBegun(Map.of(GAME, 3L)))).isInstanceOf(Departure.Leaves.class);
    }

    private static Departure departure(String spec) {
        return departure(spec, DRAIN);
    }

    private static Departure departure(String spec, Drain drain) {
        Host host = new Host(
                        HOST,
                        URI.create("tcp://127.0.0.1:2376"),
                        "",
                        Capacity.NONE,
                        Capacity.NONE,
                        HostState.DRAINING,
                        Map.of())
                .with(HostState.DRAINING, HostNotes.NONE.withDrain(Optional.of(drain)));
        return Departure.of(Drift.TO_MOVE, host, game(SpecJson.received(Fields.of(Json.parse(spec)), _ -> {})));
    }

    private static Game game(RuntimeSpec spec) {
        RuntimeRecord running = RuntimeRecord.running(
                new Placement(HOST, spec.resources()),
                new GameContainer("c1", new Fence(1), List.of(), AT),
                new PinnedImage(new ImageRef("demo:1.0.0"), "sha256:1"),
                SpecJson.hash(spec),
                Optional.empty());
        return new Game(
                GAME,
                new Fence(1),
                Optional.of(running),
                Optional.of(spec),
                new LogHead(3, LogHead.GENESIS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
