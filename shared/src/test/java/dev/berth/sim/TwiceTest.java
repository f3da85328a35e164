package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Host;
import dev.berth.model.JobResult;
import dev.berth.model.RuntimeRecord;
import dev.berth.operation.ChangedOperations;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Running a step or an undo twice is the same as running it once, for every operation that is registered. */
class TwiceTest {
    private static final Setup TWICE = new Setup() {
        @Override
        public Operations operations(World world) {
            return ChangedOperations.twice(world);
        }
    };

    /** What is left in the end, without ids and times, which differ by chance. */
    private record End(
            Optional<String> record, List<String> containers, List<Host.Capacity> reserved, List<String> results) {}

    static List<Story> stories() {
        return Story.all();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyStepAndEveryUndoRunTwiceEndsAsRunOnce(Story story) {
        assertThat(end(story, TWICE)).isEqualTo(end(story, Setup.CORRECT));
    }

    private static End end(Story story, Setup setup) {
        Sim sim = new Sim(story.scenario(), Faults.NONE, new Trace(false), setup);
        sim.run();
        return new End(
                sim.store().games().get(story.game()).record.map(TwiceTest::told),
                sim.engines().values().stream()
                        .flatMap(engine -> engine.boxes().values().stream())
                        .map(box -> box.plan.name() + " " + box.plan.image() + " " + box.state)
                        .toList(),
                sim.store().hosts().stream().map(Host::reserved).toList(),
                sim.results().stream().map(TwiceTest::told).toList());
    }

    private static String told(RuntimeRecord record) {
        return record.status() + " " + record.desired() + " " + record.placement() + " " + record.image() + " "
                + record.failure() + " " + record.container().isPresent();
    }

    private static String told(JobResult result) {
        return result.job() + " " + result.outcome() + " " + result.effect();
    }
}
