package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Fence;
import dev.berth.port.ContainerPlan;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The harness is as deterministic as it says, and makes failures short. */
class SchedulesTest {
    private static final PlantedBug BUG = PlantedStoreBugs.all().getFirst();

    @Test
    void aScheduleRunsTheSameEveryTime() {
        LongStream.range(1, 50).forEach(seed -> assertThat(trace(seed)).isEqualTo(trace(seed)));
    }

    @Test
    void aFailingScheduleIsMadeShorterAndReplaysExactly() {
        Schedules schedules = new Schedules(BUG.setup());
        long seed = LongStream.range(1, 10_000)
                .filter(candidate -> schedules.promiseBrokenBy(candidate).isPresent())
                .findFirst()
                .orElseThrow();
        Schedules.Failing failing = schedules.run(seed).orElseThrow();
        Schedules.Failing again = schedules.replay(failing.shortest()).orElseThrow();
        assertThat(again.trace()).isEqualTo(failing.trace());
        assertThat(again.failure()).hasMessage(failing.failure().getMessage());
        assertThat(failing.shortest().length())
                .isLessThan(Schedules.told(allChoices(seed)).length());
        assertThat(failing.report()).contains("seed " + seed, failing.shortest(), "[fence ");
    }

    @Test
    void theBugIsWhatMakesItFail() {
        Schedules.Failing failing = LongStream.range(1, 10_000)
                .mapToObj(new Schedules(BUG.setup())::run)
                .flatMap(java.util.Optional::stream)
                .findFirst()
                .orElseThrow();
        assertThat(new Schedules().replay(failing.shortest())).isEmpty();
    }

    @Test
    void twoLiveContainersOfAGameAreNoticed() {
        Sim sim = new Sim(Scenario.of(java.util.List.of()), Faults.NONE, new Trace(false), Setup.CORRECT);
        EngineModel engine = sim.engines().values().iterator().next();
        Promises promises = new Promises(sim);
        for (String id : java.util.List.of("c1", "c2")) {
            Box box = new Box(
                    id,
                    ContainerPlan.of(
                            "berth_chess", "image", Map.of("berth.game", "chess"), Jobs.spec(Choices.calm()), ""),
                    false,
                    SimClock.BEGIN);
            box.madeUnder = new Fence(1);
            box.begin(SimClock.BEGIN);
            engine.boxes().put(id, box);
        }
        Box last = engine.boxes().get("c2");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> promises.changed(engine, last, "started"))
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("at most one live container a game");
    }

    private static java.util.List<String> trace(long seed) {
        Choices choices = Choices.seeded(seed);
        Trace trace = new Trace(true);
        new Sim(Scenario.random(choices), new RandomFaults(choices), trace, Setup.CORRECT).run();
        return trace.lines();
    }

    private static int[] allChoices(long seed) {
        Choices choices = Choices.seeded(seed);
        try {
            new Sim(Scenario.random(choices), new RandomFaults(choices), new Trace(false), BUG.setup()).run();
        } catch (Violation expected) {
            // As found.
        }
        return choices.taken();
    }
}
