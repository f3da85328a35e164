package dev.berth.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Endpoint;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.wire.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortChoiceTest {
    private static final GameId GAME = new GameId("chess");
    private static final PortSpec ANY = new PortSpec(7777, Protocol.UDP, Optional.empty());
    private static final PortSpec FIXED = new PortSpec(80, Protocol.TCP, Optional.of(8080));
    private static final PortChoice FRESH = PortChoice.preferring(List.of());

    private static int host(PortChoice choice, GameId game, PortSpec port) {
        return choice.of(game, List.of(port)).getFirst().host().orElseThrow();
    }

    @Test
    void leavesAPortAloneThatTheSpecNames() {
        assertThat(FRESH.of(GAME, List.of(FIXED))).containsExactly(FIXED);
    }

    @Test
    void choosesTheSamePortForTheSameGameEachTime() {
        assertThat(host(FRESH, GAME, ANY))
                .isEqualTo(host(FRESH, GAME, ANY))
                .isBetween(Limits.FIRST_PORT, Limits.FIRST_PORT + Limits.PORTS - 1);
    }

    @Test
    void spreadsGamesOverThePorts() {
        Set<Integer> ports = new HashSet<>();
        IntStream.range(0, 200).forEach(i -> ports.add(host(FRESH, new GameId("game-" + i), ANY)));
        // Of 200 out of 12,000, two or so meet by chance.
        assertThat(ports).hasSizeGreaterThan(190);
    }

    @Test
    void takesThePortsOfBeforeAgain() {
        Endpoint before = new Endpoint(7777, Protocol.UDP, "10.0.0.7", 34_567);
        assertThat(host(PortChoice.preferring(List.of(before)), GAME, ANY)).isEqualTo(34_567);
        assertThat(host(PortChoice.keeping(List.of(before)), GAME, ANY)).isEqualTo(34_567);
    }

    @Test
    void choosesOthersWhereTheyAreTakenAndMayBeOthers() {
        Endpoint before = new Endpoint(7777, Protocol.UDP, "10.0.0.7", 34_567);
        PortChoice next =
                PortChoice.preferring(List.of(before)).next(List.of(ANY)).orElseThrow();
        assertThat(host(next, GAME, ANY)).isNotEqualTo(34_567);
        assertThat(host(next.next(List.of(ANY)).orElseThrow(), GAME, ANY)).isNotEqualTo(host(next, GAME, ANY));
        assertThat(PortChoice.keeping(List.of(before)).next(List.of(ANY))).isEmpty();
        assertThat(FRESH.next(List.of(FIXED))).isEmpty();
    }

    @Test
    void givesUpAfterSoManyTries() {
        Optional<PortChoice> choice = Optional.of(FRESH);
        int tries = 0;
        while (choice.isPresent()) {
            choice = choice.get().next(List.of(ANY));
            tries++;
        }
        assertThat(tries).isEqualTo(Limits.PORT_TRIES);
    }

    @Test
    void neverChoosesOnePortTwiceInOneContainer() {
        int chosen = host(FRESH, GAME, ANY);
        PortSpec inTheWay = new PortSpec(1, Protocol.UDP, Optional.of(chosen));
        PortSpec sameNumber = new PortSpec(2, Protocol.TCP, Optional.of(chosen));
        List<PortSpec> ports = FRESH.of(GAME, List.of(inTheWay, sameNumber, ANY));
        assertThat(ports.getLast().host()).isPresent().get().isNotEqualTo(chosen);
    }

    @Test
    void isReadAsItIsWritten() {
        PortChoice choice = new PortChoice(List.of(new Endpoint(1, Protocol.TCP, "h", 2)), true, 3);
        assertThat(PortChoice.fromJson(Fields.of(choice.toJson()))).isEqualTo(choice);
    }
}
