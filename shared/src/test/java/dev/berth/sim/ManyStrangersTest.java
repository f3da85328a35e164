package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerPlan;
import dev.berth.sim.Scenario.Sandbox;
import dev.berth.sim.Scenario.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Hosts that are shared with a thousand containers of others, some of which carry labels nearly like ours. That none is
 * asked to end is one of the {@link Promises}, which break the run.
 */
class ManyStrangersTest {
    private static final int STRANGERS = 1_000;
    private static final GameId CHESS = new GameId("chess");
    private static final GameId GO = new GameId("go");
    private static final GameId NOBODYS = new GameId("nobodys");
    private static final List<State> STATES = List.of(State.RUNNING, State.EXITED, State.CREATED, State.PAUSED);
    private static final Instant LONG_AGO = SimClock.BEGIN.minus(Duration.ofDays(3));
    private static final Duration FOR = Duration.ofMinutes(6);

    private static final Map<String, String> MALFORMED = Map.of(
            "berth.owner", "berths",
            "berth.game", "Not a game!",
            "berth.fence", "-1",
            "berth.op", "op-xyz",
            "berth.spec", "abc",
            "berth.image", "sha256:abc");

    private static final Map<String, List<String>> begun = new HashMap<>();
    private static Sim sim;

    @BeforeAll
    static void severalRoundsOnASharedHost() {
        Host games = Scenario.host(0, 8);
        Host none = Scenario.host(1, 0);
        List<Sent> sent = List.of(
                new Sent(0, Jobs.start(CHESS, "j1", SimClock.BEGIN)),
                new Sent(0, Jobs.start(GO, "j2", SimClock.BEGIN)),
                // Asked for later, so that there are several rounds before.
                new Sent(FOR.toMillis(), Jobs.start(CHESS, "j1", SimClock.BEGIN)));
        sim = new Sim(
                new Scenario(List.of(games, none), List.of(new Sandbox("a", 0, 1000)), sent, List.of(), true),
                Faults.NONE,
                new Trace(false),
                new Setup() {
                    @Override
                    public EngineModel engine(HostId id, Scheduler scheduler, Faults faults, Images images) {
                        EngineModel engine = new EngineModel(id, scheduler, faults, images);
                        settle(engine, !id.equals(games.id()));
                        return engine;
                    }
                });
        sim.run();
    }

    private static void settle(EngineModel engine, boolean named) {
        List<Map<String, String>> labels = labels();
        for (int i = 0; i < STRANGERS; i++) {
            put(engine, "stranger-" + i, labels.get(i % labels.size()), STATES.get(i / labels.size() % STATES.size()));
        }
        if (named) {
            put(engine, "berth_" + CHESS, Map.of(), State.RUNNING);
            put(engine, "berth_" + GO, Map.of("owner", "somebody"), State.EXITED);
            put(engine, "berth_" + NOBODYS, Map.of(), State.RUNNING);
        }
        begun.put(engine.id().value(), strangers(engine));
    }

    private static void put(EngineModel engine, String name, Map<String, String> labels, State state) {
        engine.fate()
                .intrude(
                        ContainerPlan.of(name, "somebody's", labels, Jobs.spec(Choices.calm()), name), state, LONG_AGO);
    }

    /** None of these makes a container ours. */
    private static List<Map<String, String>> labels() {
        List<Map<String, String>> all = new ArrayList<>(List.of(Map.of(), Map.of("owner", "berth")));
        for (GameId game : List.of(CHESS, GO, NOBODYS)) {
            Map<String, String> whole = People.labels(game, "1");
            whole.keySet().forEach(label -> {
                Map<String, String> missing = new HashMap<>(whole);
                missing.remove(label);
                all.add(missing);
                all.add(with(whole, label, MALFORMED.get(label)));
                all.add(with(whole, label, ""));
            });
            all.add(with(whole, "berth.owner", "another-stack"));
        }
        all.add(People.labels(CHESS, "999999"));
        all.add(People.labels(GO, "999999999999999999"));
        return all;
    }

    private static Map<String, String> with(Map<String, String> labels, String label, String value) {
        Map<String, String> changed = new HashMap<>(labels);
        changed.put(label, value);
        return changed;
    }

    private static List<String> strangers(EngineModel engine) {
        return engine.boxes().values().stream()
                .filter(box -> box.foreign)
                .map(Box::toString)
                .toList();
    }

    @Test
    void everyStrangerIsAsItWas() {
        sim.engines()
                .forEach((id, engine) -> assertThat(strangers(engine))
                        .hasSizeGreaterThanOrEqualTo(STRANGERS)
                        .isEqualTo(begun.get(id.value())));
    }

    @Test
    void nobodyEvenAsksForOneOfThem() {
        assertThat(sim.calls())
                .noneMatch(
                        call -> call.name().contains("foreign") || call.name().contains("stranger"));
    }

    @Test
    void theGamesAmongThemRunOn() {
        assertThat(sim.store().games().keySet()).containsExactlyInAnyOrder(CHESS, GO);
        assertThat(sim.store().games().values())
                .allSatisfy(row -> assertThat(row.log).hasSize(1));
        assertThat(sim.engines().values().stream()
                        .flatMap(engine -> engine.boxes().values().stream())
                        .filter(box -> !box.foreign)
                        .map(box -> box.name + " " + box.state))
                .containsExactlyInAnyOrder("berth_chess RUNNING", "berth_go RUNNING");
    }

    @Test
    void severalLooksWereTakenAtEachHost() {
        assertThat(sim.engines().keySet())
                .allSatisfy(host -> assertThat(sim.hostResults().stream()
                                .filter(result -> result.host().equals(host))
                                .filter(result -> result.failure().isEmpty()))
                        .hasSizeGreaterThan(5));
    }
}
