package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostTextTest {
    private static final HostNotes SILENT = HostNotes.NONE.withSilentSince(Optional.of(Samples.NOW));

    @Test
    void saysNoMoreThanThereIsToSay() {
        assertThat(text(HostState.ACTIVE, HostNotes.NONE).state()).isEqualTo("active");
        assertThat(text(HostState.DRAINED, HostNotes.NONE.withDrain(Optional.of(Samples.drain("a"))))
                        .state())
                .isEqualTo("drained");
    }

    @Test
    void tellsSinceWhenAHostIsSilent() {
        assertThat(text(HostState.ACTIVE, SILENT).state()).isEqualTo("active (silent since 2026-01-31T12:00:00.000Z)");
        assertThat(text(HostState.LOST, SILENT).state()).isEqualTo("lost (silent since 2026-01-31T12:00:00.000Z)");
    }

    @Test
    void tellsALossByAnOperatorsWordFromOneBySilence() {
        assertThat(text(HostState.LOST, HostNotes.NONE.withGivenUp(true)).state())
                .isEqualTo("lost (given up by an operator)");
    }

    @Test
    void tellsWhyAHostThatAnswersTakesNoGames() {
        assertThat(text(HostState.QUARANTINED, HostNotes.NONE).state())
                .isEqualTo("quarantined (answers again, what it has is being settled)");
    }

    @Test
    void tellsHowFarADrainIs() {
        assertThat(new HostText(Samples.draining(Samples.drain("a", "b", "c")), Samples.bound("b")).state())
                .isEqualTo("draining (1 of 3 left)");
    }

    @Test
    void countsAGameThatWasJustBeingPlacedWhenTheDrainBegan() {
        assertThat(new HostText(Samples.draining(Samples.drain("a")), Samples.bound("a", "late")).state())
                .isEqualTo("draining (2 of 2 left)");
    }

    @Test
    void tellsHowManyCannotLeave() {
        var drain = Samples.drain("a", "b").withBlocked(Map.of(new GameId("a"), "its volumes are on this host"));

        assertThat(new HostText(Samples.draining(drain), Samples.bound("a", "b")).state())
                .isEqualTo("draining (2 of 2 left, 1 blocked)");
    }

    @Test
    void tellsProgramsAllThatIsNoted() {
        HostNotes notes = SILENT.withMissing(Map.of(new GameId("b"), Samples.NOW))
                .withDrain(Optional.of(Samples.drain("a", "b").withBlocked(Map.of(new GameId("a"), "stays"))));

        ObjectNode json = new HostText(
                        Samples.host(HostState.DRAINING, notes).withEngine(Optional.of("one")), Samples.bound("a", "b"))
                .json();

        assertThat(Json.parse(Json.write(json))).isEqualTo(Json.parse("""
                {"host_id": "host-1", "endpoint": "tcp://10.0.0.1:2376", "tls": "/tls", "state": "draining",
                 "milli_vcpu": 4000, "memory": 4294967296, "reserved_milli_vcpu": 0, "reserved_memory": 0, "games": 2,
                 "engine": "one", "labels": {}, "given_up": false, "silent_since": "2026-01-31T12:00:00.000Z",
                 "missing": {"b": "2026-01-31T12:00:00.000Z"},
                 "drain": {"since": "2026-01-31T12:00:00.000Z", "games": ["a", "b"], "blocked": {"a": "stays"}}}"""));
    }

    private static HostText text(HostState state, HostNotes notes) {
        return new HostText(Samples.host(state, notes), List.of());
    }
}
