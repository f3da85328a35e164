package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Host.Capacity;
import dev.berth.model.HostNotes.Drain;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HostNotesTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");
    private static final GameId GAME = new GameId("game-1");
    private static final Drain DRAIN = new Drain(AT, List.of(GAME), Map.of());

    @Test
    void ofAHostThatWasJustRegisteredNothingIsNoted() {
        assertThat(host(HostState.ACTIVE).notes()).isEqualTo(HostNotes.NONE);
        assertThat(HostNotes.NONE.version()).isZero();
    }

    @Test
    void eachNoteLeavesTheOthers() {
        HostNotes all = new HostNotes(7, true, Optional.of(AT), Map.of(GAME, AT), Optional.of(DRAIN));

        assertThat(all.withGivenUp(false))
                .isEqualTo(new HostNotes(7, false, Optional.of(AT), Map.of(GAME, AT), Optional.of(DRAIN)));
        assertThat(all.withSilentSince(Optional.empty()))
                .isEqualTo(new HostNotes(7, true, Optional.empty(), Map.of(GAME, AT), Optional.of(DRAIN)));
        assertThat(all.withMissing(Map.of()))
                .isEqualTo(new HostNotes(7, true, Optional.of(AT), Map.of(), Optional.of(DRAIN)));
        assertThat(all.withDrain(Optional.empty()))
                .isEqualTo(new HostNotes(7, true, Optional.of(AT), Map.of(GAME, AT), Optional.empty()));
    }

    @Test
    void aDrainKeepsWhatItBeganWith() {
        assertThat(DRAIN.withBlocked(Map.of(GAME, "it has volumes")))
                .isEqualTo(new Drain(AT, List.of(GAME), Map.of(GAME, "it has volumes")));
    }

    @ParameterizedTest
    @EnumSource
    void onlyAnActiveHostTakesGamesAndNoneWhileItIsSilent(HostState state) {
        HostNotes silent = HostNotes.NONE.withSilentSince(Optional.of(AT));

        assertThat(host(state).takesGames()).isEqualTo(state == HostState.ACTIVE);
        assertThat(host(state).with(state, silent).takesGames()).isFalse();
    }

    private static Host host(HostState state) {
        return new Host(
                new HostId("host-1"),
                URI.create("tcp://127.0.0.1:2376"),
                "/nowhere",
                new Capacity(1000, 1 << 20),
                Capacity.NONE,
                state,
                Map.of());
    }
}
