package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.OpKind;
import dev.berth.operation.ChangedOperations;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of a reconcile that settles something goes wrong in every way, alone and with all hosts down afterwards. No
 * message brings it back: what is left is found and finished by the rounds after it.
 */
class FleetMatrixTest {
    private static final Duration HOSTS_DOWN = Duration.ofMinutes(3);
    private static final Setup TWICE = new Setup() {
        @Override
        public Operations operations(World world) {
            return ChangedOperations.twice(world);
        }
    };

    /** One way in which one call goes wrong. */
    private record Cell(Call call, Fault fault, boolean hostsDown) {
        @Override
        public String toString() {
            return fault + " at call " + call.index() + " (" + call.name() + ")"
                    + (hostsDown ? ", hosts down afterwards" : "");
        }
    }

    static List<FleetStory> stories() {
        return FleetStory.all();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void makesAsManyCallsAsCounted(FleetStory story) {
        List<Call> calls = story.calls(run(story, Faults.NONE, Setup.CORRECT));
        assertThat(calls)
                .as("calls of \"" + story + "\": "
                        + calls.stream().map(Call::name).collect(Collectors.joining(", ")))
                .hasSize(story.calls());
    }

    @ParameterizedTest
    @MethodSource("stories")
    void isSettledWhateverCallGoesWrong(FleetStory story) {
        Sim calm = run(story, Faults.NONE, Setup.CORRECT);
        List<String> broken = new ArrayList<>();
        for (Cell cell : cells(story.calls(calm))) {
            try {
                Sim sim = run(story, cell);
                if (!story.end(sim).equals(story.end(calm)) && !isToldToStay(sim, story)) {
                    broken.add(cell + " ends " + story.end(sim) + " and not " + story.end(calm));
                }
            } catch (RuntimeException violation) {
                broken.add(cell + " breaks a promise: " + violation.getMessage());
            }
        }
        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameIfEveryStepIsRunTwice(FleetStory story) {
        assertThat(story.end(run(story, Faults.NONE, TWICE)))
                .isEqualTo(story.end(run(story, Faults.NONE, Setup.CORRECT)));
    }

    private static List<Cell> cells(List<Call> calls) {
        List<Cell> cells = new ArrayList<>();
        for (Call call : calls) {
            Arrays.stream(Fault.values())
                    .filter(fault -> fault != Fault.NONE)
                    .filter(fault -> fault != Fault.TWICE || call.port().repeatable())
                    .forEach(fault -> {
                        cells.add(new Cell(call, fault, false));
                        cells.add(new Cell(call, fault, true));
                    });
        }
        return cells;
    }

    private static Sim run(FleetStory story, Cell cell) {
        Sim[] sim = new Sim[1];
        OneFault fault = new OneFault(cell.call().attempt(), cell.call().index(), cell.fault(), () -> {
            if (cell.hostsDown()) {
                takeDown(sim[0]);
            }
        });
        sim[0] = new Sim(story.scenario(), fault, new Trace(false), Setup.CORRECT);
        sim[0].run();
        assertThat(fault.fired()).as("the fault of " + cell + " was never met").isTrue();
        return sim[0];
    }

    private static Sim run(FleetStory story, Faults faults, Setup setup) {
        Sim sim = new Sim(story.scenario(), faults, new Trace(false), setup);
        sim.run();
        return sim;
    }

    private static void takeDown(Sim sim) {
        sim.engines().values().forEach(engine -> {
            engine.line().cutOff();
            sim.scheduler().after(HOSTS_DOWN.toMillis(), engine::reachable);
        });
    }

    /** What was broken off when it was to leave is not tried again by itself: it runs where it was, and its host tells. */
    private static boolean isToldToStay(Sim sim, FleetStory story) {
        return story.kind() == OpKind.RESTART
                && sim.store().hosts().stream()
                        .flatMap(host -> host.notes().drain().stream())
                        .anyMatch(drain -> drain.failed().containsKey(story.game())
                                && drain.blocked().containsKey(story.game()));
    }
}
