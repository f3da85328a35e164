package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostNotes;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OperatorWordTest {
    private static final List<GameId> GAMES = List.of(new GameId("a"), new GameId("b"));
    private static final Drain DRAIN = Samples.drain("a", "b");

    @Test
    void aDrainTakesNoGamesAndRemembersThoseThatAreToLeave() {
        Host host = OperatorWord.drain(Samples.host(HostState.ACTIVE, HostNotes.NONE), GAMES, Samples.NOW);

        assertThat(host).isEqualTo(Samples.draining(DRAIN));
    }

    @ParameterizedTest
    @EnumSource(
            value = HostState.class,
            names = {"LOST", "QUARANTINED"})
    void aHostThatCannotBeEmptiedYetIsDrainedOnceItIsBack(HostState state) {
        Host host = OperatorWord.drain(Samples.host(state, HostNotes.NONE), GAMES, Samples.NOW);

        assertThat(host).isEqualTo(Samples.host(state, HostNotes.NONE.withDrain(Optional.of(DRAIN))));
    }

    @ParameterizedTest
    @EnumSource(
            value = HostState.class,
            names = {"DRAINING", "DRAINED"})
    void aSecondDrainIsTheFirstOne(HostState state) {
        Host before = Samples.host(state, HostNotes.NONE.withDrain(Optional.of(DRAIN)));

        assertThat(OperatorWord.drain(before, List.of(), Samples.NOW.plusSeconds(1)))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = HostState.class,
            names = {"DRAINING", "DRAINED"})
    void aHostThatIsDrainedOrNearlyIsActiveAgain(HostState state) {
        Host before = Samples.host(state, HostNotes.NONE.withDrain(Optional.of(DRAIN)));

        assertThat(OperatorWord.undrain(before)).isEqualTo(Samples.host(HostState.ACTIVE, HostNotes.NONE));
    }

    @ParameterizedTest
    @EnumSource(
            value = HostState.class,
            names = {"ACTIVE", "LOST", "QUARANTINED"})
    void anEndedDrainBringsNoHostBack(HostState state) {
        Host before = Samples.host(state, HostNotes.NONE.withDrain(Optional.of(DRAIN)));

        assertThat(OperatorWord.undrain(before)).isEqualTo(Samples.host(state, HostNotes.NONE));
    }

    @ParameterizedTest
    @EnumSource(HostState.class)
    void aLostHostIsGivenUpInWhateverStateItWas(HostState state) {
        HostNotes silent = HostNotes.NONE.withSilentSince(Optional.of(Samples.NOW));

        assertThat(OperatorWord.lost(Samples.host(state, silent)))
                .isEqualTo(Samples.host(HostState.LOST, silent.withGivenUp(true)));
    }
}
