package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.port.Bound;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostEngineTest {
    /** No id of an engine is known. */
    private static final String NONE = "-";

    private static final String HERE = "tcp://10.0.0.1:2376";
    private static final String THERE = "tcp://10.0.0.2:2376";
    private static final List<Bound> GAMES = Samples.bound("arena", "world");

    @Test
    void anEngineHasOneId() {
        assertThatThrownBy(() ->
                        HostEngine.requireOneId(host("host-2", THERE, "one"), List.of(host("host-1", HERE, "one"))))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("host host-2 is not registered: conflict")
                .hasMessageContaining("this engine is host host-1 already");
    }

    @Test
    void anEndpointHasOneId() {
        assertThatThrownBy(() -> HostEngine.requireOneId(
                        host("host-2", "tcp://NAME:2376", "other"), List.of(host("host-1", "tcp://name:2376", "one"))))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("host host-1 is at tcp://NAME:2376 already");
    }

    @ParameterizedTest
    @CsvSource({"one, other", "-, one", "one, -", "-, -"})
    void enginesThatMayDifferAreTwoHosts(String engine, String other) {
        assertThatCode(() ->
                        HostEngine.requireOneId(host("host-2", THERE, engine), List.of(host("host-1", HERE, other))))
                .doesNotThrowAnyException();
    }

    @Test
    void aHostIsNotInItsOwnWay() {
        Host host = host("host-1", HERE, "one");

        assertThatCode(() -> HostEngine.requireOneId(host, List.of(host))).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} at {1}, then {2} at {3}")
    @CsvSource({
        "one, HERE, one, HERE, one",
        "one, HERE, one, THERE, one",
        // Nobody had looked at it before.
        "-, HERE, one, HERE, one",
        // Nobody looks at it now.
        "one, HERE, not looked, HERE, one",
        "-, HERE, not looked, HERE, -",
        // It has no id.
        "-, HERE, -, HERE, -",
    })
    void theSameEngineStaysWithItsGames(
            String known, String endpoint, String wanted, String otherEndpoint, String engine) {
        assertThat(replacing(known, endpoint, wanted, otherEndpoint, GAMES).engine())
                .isEqualTo(named(engine));
    }

    @ParameterizedTest(name = "{0} at {1}, then {2} at {3}")
    @CsvSource({
        "one, HERE, other, HERE, other",
        "one, HERE, other, THERE, other",
        "one, HERE, -, HERE, -",
        "-, HERE, other, THERE, other",
        "-, HERE, -, THERE, -",
        "one, HERE, not looked, THERE, -",
        "-, HERE, not looked, THERE, -",
    })
    void anotherEngineTakesTheIdOnlyWhereNothingIs(
            String known, String endpoint, String wanted, String otherEndpoint, String engine) {
        assertThatThrownBy(() -> replacing(known, endpoint, wanted, otherEndpoint, GAMES))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("host host-1 is not registered: conflict")
                .hasMessageContaining("it has 2 games")
                .hasMessageContaining("berth hosts drain host-1");
        assertThat(replacing(known, endpoint, wanted, otherEndpoint, List.of()).engine())
                .isEqualTo(named(engine));
    }

    @Test
    void aPlaceThatIsTakenIsInTheWayToo() {
        Host known = host("host-1", HERE, "one");
        Host taken = new Host(
                known.id(),
                known.endpoint(),
                known.tls(),
                known.capacity(),
                new Capacity(250, 0),
                known.state(),
                known.labels(),
                known.notes(),
                known.engine());

        assertThatThrownBy(() -> HostEngine.replacing(taken, host("host-1", HERE, "other"), true, List.of()))
                .hasMessageContaining("something is being done there");
    }

    private static Host replacing(
            String known, String endpoint, String wanted, String otherEndpoint, List<Bound> bound) {
        boolean looked = !wanted.equals("not looked");
        return HostEngine.replacing(
                host("host-1", at(endpoint), known),
                host("host-1", at(otherEndpoint), looked ? wanted : NONE),
                looked,
                bound);
    }

    private static String at(String place) {
        return place.equals("HERE") ? HERE : THERE;
    }

    private static Optional<String> named(String engine) {
        return Optional.of(engine).filter(name -> !name.equals(NONE));
    }

    private static Host host(String id, String endpoint, String engine) {
        Host sample = Samples.host(HostState.ACTIVE, HostNotes.NONE);
        return new Host(
                        new HostId(id),
                        URI.create(endpoint),
                        sample.tls(),
                        sample.capacity(),
                        sample.reserved(),
                        sample.state(),
                        sample.labels())
                .withEngine(named(engine));
    }
}
