package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Desired;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of every operation is made to fail in every way. The calls are those that a run without faults makes, so a
 * new step or a new call of an operation is in the matrix by itself.
 */
class CrashMatrixTest {
    private static final List<Fault> FAULTS =
            List.of(Fault.DIE_BEFORE, Fault.DIE_AFTER, Fault.ERROR_BEFORE, Fault.REPLY_LOST);
    private static final Duration HOST_DOWN = Duration.ofMinutes(3);

    /** When the message comes back. */
    private enum Redelivery {
        AT_ONCE(Duration.ZERO),
        AFTER_THE_LEASE(Duration.ofSeconds(61));

        private final Duration delay;

        Redelivery(Duration delay) {
            this.delay = delay;
        }
    }

    /** One way in which one call goes wrong, and what comes after. */
    private record Cell(Story story, Call call, Fault fault, Redelivery redelivery, boolean hostDown) {

        @Override
        public String toString() {
            return story + ": " + fault + " at call " + call.index() + " (" + call.name() + "), redelivered "
                    + redelivery + (hostDown ? ", host down afterwards" : "");
        }
    }

    static List<Story> stories() {
        return Story.all();
    }

    @Test
    void everyKindOfJobHasAStory() {
        List<OpKind> told = Story.all().stream().map(Story::kind).distinct().toList();
        List<OpKind> kinds = Jobs.generators().values().stream()
                .map(generator -> generator.make(
                        Scenario.GAMES.getFirst(), new dev.berth.model.JobId("j"), SimClock.BEGIN, Choices.calm()))
                .map(Job::kind)
                .toList();
        assertThat(told).as("a kind of job without a story in Story.all()").containsAll(kinds);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void makesAsManyCallsAsCounted(Story story) {
        List<Call> calls = calls(story);
        assertThat(calls)
                .as("calls of \"" + story + "\": "
                        + calls.stream().map(Call::name).collect(Collectors.joining(", ")))
                .hasSize(story.calls());
    }

    @ParameterizedTest
    @MethodSource("stories")
    void convergesWhateverCallGoesWrong(Story story) {
        Optional<String> calm = end(run(story, Faults.NONE, Setup.CORRECT), story);
        List<String> broken = new ArrayList<>();
        for (Cell cell : cells(story)) {
            try {
                Sim sim = run(cell);
                boolean asIfCalm = end(sim, story).equals(calm);
                if (!asIfCalm && !(cell.hostDown() && waitsForItsHost(sim, story))) {
                    broken.add(cell + " ends " + end(sim, story) + " and not " + calm);
                }
            } catch (RuntimeException violation) {
                broken.add(cell + " breaks a promise: " + violation.getMessage());
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<Cell> cells(Story story) {
        List<Cell> cells = new ArrayList<>();
        for (Call call : calls(story)) {
            for (Fault fault : FAULTS) {
                for (Redelivery redelivery : Redelivery.values()) {
                    cells.add(new Cell(story, call, fault, redelivery, false));
                    cells.add(new Cell(story, call, fault, redelivery, true));
                }
            }
        }
        return cells;
    }

    private static List<Call> calls(Story story) {
        return run(story, Faults.NONE, Setup.CORRECT).calls().stream()
                .filter(call -> call.attempt() == story.attempt())
                .toList();
    }

    private static Sim run(Cell cell) {
        Sim[] sim = new Sim[1];
        OneFault fault = new OneFault(cell.story().attempt(), cell.call().index(), cell.fault(), () -> {
            if (cell.hostDown()) {
                takeDown(sim[0]);
            }
        });
        sim[0] = new Sim(cell.story().scenario(), fault, new Trace(false), new Setup() {
            @Override
            public Optional<Duration> backAfterDeath() {
                return Optional.of(cell.redelivery().delay);
            }

            @Override
            public Duration givenBackFor(Duration usual) {
                return usual.compareTo(cell.redelivery().delay) < 0 ? cell.redelivery().delay : usual;
            }
        });
        sim[0].run();
        assertThat(fault.fired()).as("the fault of " + cell + " was never met").isTrue();
        return sim[0];
    }

    private static void takeDown(Sim sim) {
        sim.engines().values().forEach(engine -> {
            engine.line().cutOff();
            sim.scheduler().after(HOST_DOWN.toMillis(), engine::reachable);
        });
    }

    private static Sim run(Story story, Faults faults, Setup setup) {
        Sim sim = new Sim(story.scenario(), faults, new Trace(false), setup);
        sim.run();
        return sim;
    }

    /** What could not be undone: bound to its host, and wanted to be stopped. */
    private static boolean waitsForItsHost(Sim sim, Story story) {
        return sim.store()
                .games()
                .get(story.game())
                .record
                .filter(record -> record.status() == RuntimeStatus.FAILED && record.desired() == Desired.STOPPED)
                .isPresent();
    }

    private static Optional<String> end(Sim sim, Story story) {
        return Optional.ofNullable(sim.store().games().get(story.game())).flatMap(sim::told);
    }
}
