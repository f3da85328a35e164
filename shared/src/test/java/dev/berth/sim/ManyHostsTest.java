package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.Limits;
import dev.berth.sim.Call.Port;
import dev.berth.sim.Scenario.Mishap;
import dev.berth.sim.Scenario.Sandbox;
import dev.berth.sim.Scenario.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand hosts, a hundred of which do not answer: nobody waits for them, and a look at a host in order is cheap. */
class ManyHostsTest {
    private static final int HOSTS = 1_000;
    private static final int EVERY_TENTH = 10;
    private static final int FROZEN = HOSTS / EVERY_TENTH;
    private static final long FROZEN_AT = 30_000;
    private static final long FROZEN_FOR = 100_000;

    /** A few calls, each there and back in two milliseconds. */
    private static final Duration TRAVEL = Duration.ofMillis(20);

    private static Map<HostId, HostResult> firstRound = Map.of();
    private static Map<HostId, List<Call>> calls = Map.of();
    private static Sim sim;

    @BeforeAll
    static void aFleetWithGamesAndFrozenHosts() {
        List<Host> hosts = IntStream.range(0, HOSTS)
                .mapToObj(number -> Scenario.host(number, 8))
                .toList();
        List<Sent> starts = Scenario.GAMES.stream()
                .map(game -> new Sent(0, Jobs.start(game, "start-" + game, SimClock.BEGIN)))
                .toList();
        List<Mishap> mishaps = hosts.stream()
                .filter(host -> isFrozen(host.id()))
                .map(host ->
                        new Mishap(FROZEN_AT, host.id(), Mishap.Kind.FROZEN, FROZEN_FOR, Scenario.GAMES.getFirst()))
                .toList();
        sim = new Sim(
                new Scenario(hosts, List.of(new Sandbox("a", 0, 1000)), starts, mishaps, true),
                Faults.NONE,
                new Trace(false),
                Setup.CORRECT);
        sim.run();
        Map<HostId, HostResult> first = new HashMap<>();
        sim.hostResults().forEach(result -> first.putIfAbsent(result.host(), result));
        firstRound = first;
        calls = callsOfFirstLooks();
    }

    private static boolean isFrozen(HostId host) {
        return Integer.parseInt(host.value().substring("host-".length())) % EVERY_TENTH == 0;
    }

    private static Map<HostId, List<Call>> callsOfFirstLooks() {
        Map<Integer, List<Call>> byAttempt = new HashMap<>();
        sim.calls()
                .forEach(call -> byAttempt
                        .computeIfAbsent(call.attempt(), _ -> new ArrayList<>())
                        .add(call));
        Map<String, Integer> attempts = new HashMap<>();
        sim.calls().stream()
                .filter(call -> call.port() == Port.ENGINE)
                .forEach(call -> attempts.putIfAbsent(call.name(), call.attempt()));
        Map<HostId, List<Call>> first = new HashMap<>();
        sim.engines()
                .keySet()
                .forEach(host -> first.put(
                        host, byAttempt.get(attempts.get("list containers with {berth.owner=berth} on " + host))));
        return first;
    }

    private static List<HostResult> firstOf(boolean frozen) {
        return firstRound.values().stream()
                .filter(result -> isFrozen(result.host()) == frozen)
                .toList();
    }

    @Test
    void everyHostThatAnswersHasItsResultWithoutWaitingForOneThatDoesNot() {
        assertThat(firstOf(false)).hasSize(HOSTS - FROZEN).allSatisfy(result -> {
            assertThat(result.failure()).isEmpty();
            assertThat(Duration.between(result.startedAt(), result.finishedAt()))
                    .isLessThan(TRAVEL);
            assertThat(result.finishedAt()).isBefore(began().plus(Limits.RECONCILE_LIST));
        });
    }

    @Test
    void everyHostThatDoesNotAnswerIsGivenUpAfterItsTime() {
        assertThat(firstOf(true)).hasSize(FROZEN).allSatisfy(result -> {
            assertThat(result.failure().map(Failure::code)).contains(ErrorCode.HOST_UNREACHABLE);
            assertThat(Duration.between(result.startedAt(), result.finishedAt()))
                    .isBetween(Limits.RECONCILE_LIST, Limits.RECONCILE_LIST.plus(TRAVEL));
        });
    }

    @Test
    void allLooksBeginAtOnce() {
        assertThat(firstRound.values())
                .allSatisfy(result -> assertThat(result.startedAt()).isBefore(began().plusSeconds(HOSTS / 100)));
    }

    private static java.time.Instant began() {
        return firstRound.values().stream()
                .map(HostResult::startedAt)
                .min(java.util.Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void aLookAtAHostInOrderIsOneListAndTwoReads() {
        assertThat(firstOf(false))
                .allSatisfy(result -> assertThat(calls.get(result.host()).stream()
                                .map(Call::name)
                                .toList())
                        .containsExactly(
                                "read " + result.host(),
                                "list containers with {berth.owner=berth} on " + result.host(),
                                "list the games on " + result.host(),
                                "publish " + result.outcome() + " of " + result.job()));
    }

    @Test
    void aLookAtASilentHostWritesOnceThatItIsSilent() {
        assertThat(firstOf(true)).allSatisfy(result -> {
            List<String> names =
                    calls.get(result.host()).stream().map(Call::name).toList();
            assertThat(names).hasSize(5);
            assertThat(names.stream().filter(name -> name.startsWith("note ")))
                    .containsExactly("note ACTIVE of " + result.host());
        });
    }

    @Test
    void theGamesAreNotTouchedByAnyOfIt() {
        assertThat(sim.store().games().values())
                .hasSize(Scenario.GAMES.size())
                .allSatisfy(row -> assertThat(row.log).hasSize(1));
        assertThat(sim.store().hosts())
                .allSatisfy(host -> assertThat(host.notes().silentSince()).isEqualTo(Optional.empty()));
    }
}
