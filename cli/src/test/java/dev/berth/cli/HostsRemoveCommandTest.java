package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HostsRemoveCommandTest {
    private static final Host DRAINED = Samples.host(HostState.DRAINED, HostNotes.NONE);

    @Test
    void aHostGoesThatIsDrainedOrGivenUp() {
        Host givenUp = Samples.host(HostState.LOST, HostNotes.NONE.withGivenUp(true));

        assertThatCode(() -> HostsRemoveCommand.requireEmpty(DRAINED, List.of()))
                .doesNotThrowAnyException();
        assertThatCode(() -> HostsRemoveCommand.requireEmpty(givenUp, List.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = HostState.class,
            names = {"ACTIVE", "DRAINING", "LOST", "QUARANTINED"})
    void anyOtherHostStays(HostState state) {
        assertThatThrownBy(() -> HostsRemoveCommand.requireEmpty(Samples.host(state, HostNotes.NONE), List.of()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("host-1 is " + state.wire())
                .hasMessageContaining("berth hosts drain host-1");
    }

    @Test
    void namesTheGamesInTheWay() {
        assertThatThrownBy(() -> HostsRemoveCommand.requireEmpty(DRAINED, Samples.bound("arena", "world")))
                .hasMessageContaining("has 2 games (arena, world)");
    }

    @Test
    void namesNoMoreGamesThanAPersonReads() {
        String[] games =
                IntStream.range(100, 125).mapToObj(number -> "game-" + number).toArray(String[]::new);

        assertThatThrownBy(() -> HostsRemoveCommand.requireEmpty(DRAINED, Samples.bound(games)))
                .hasMessageContaining("has 25 games (game-100, ")
                .hasMessageContaining("game-119 and 5 more)");
    }

    @Test
    void aHostStaysWhereAPlaceIsTaken() {
        Host taken = new Host(
                DRAINED.id(),
                DRAINED.endpoint(),
                DRAINED.tls(),
                DRAINED.capacity(),
                new Capacity(250, 64 << 20),
                HostState.DRAINED,
                DRAINED.labels());

        assertThatThrownBy(() -> HostsRemoveCommand.requireEmpty(taken, List.of()))
                .hasMessageContaining("0.25 vcpu are reserved");
    }
}
