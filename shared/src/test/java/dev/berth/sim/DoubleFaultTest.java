package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where an old container gives way to a new one, a second thing goes wrong while the first is being healed: every call
 * that follows every fault is made to fail too.
 */
class DoubleFaultTest {
    private static final List<Fault> FIRST = List.of(Fault.DIE_AFTER, Fault.ERROR_BEFORE, Fault.REPLY_LOST);
    private static final List<Fault> SECOND = List.of(Fault.DIE_AFTER, Fault.ERROR_BEFORE, Fault.REPLY_LOST);
    private static final Setup BACK_AT_ONCE = new Setup() {
        @Override
        public Optional<Duration> backAfterDeath() {
            return Optional.of(Duration.ofSeconds(61));
        }
    };

    private record Broken(Call call, Fault fault) {
        @Override
        public String toString() {
            return fault + " at " + call;
        }
    }

    private record Ended(List<Broken> faults, String end) {}

    /** Each of these faults, at its call. */
    private record SomeFaults(List<Broken> all) implements Faults {
        @Override
        public Fault at(Call call) {
            return all.stream()
                    .filter(broken -> broken.call().attempt() == call.attempt()
                            && broken.call().index() == call.index())
                    .map(Broken::fault)
                    .findFirst()
                    .orElse(Fault.NONE);
        }
    }

    static List<Story> stories() {
        List<Story> stories = new ArrayList<>(Story.ofReplacing());
        stories.add(stories.getFirst().metByAStop());
        return stories;
    }

    @ParameterizedTest
    @MethodSource("stories")
    void convergesWhateverTwoCallsGoWrong(Story story) {
        String calm = end(run(story, List.of()), story);
        List<List<Broken>> cells = calls(run(story, List.of()), story.attempt(), -1).parallelStream()
                .flatMap(call -> FIRST.stream().map(first -> new Broken(call, first)))
                .flatMap(one -> withASecond(story, one))
                .toList();
        assertThat(cells).as("ways in which two calls go wrong").hasSizeGreaterThan(200);
        assertThat(cells.parallelStream()
                        .map(cell -> new Ended(cell, endOrViolation(story, cell)))
                        .filter(ended -> !ended.end().equals(calm))
                        .limit(5))
                .isEmpty();
    }

    /** Of the calls that are made because of the first one, each that may go wrong too. */
    private static Stream<List<Broken>> withASecond(Story story, Broken one) {
        return calls(run(story, List.of(one)), one.call().attempt(), one.call().index()).stream()
                .flatMap(next -> SECOND.stream().map(second -> List.of(one, new Broken(next, second))));
    }

    private static String endOrViolation(Story story, List<Broken> faults) {
        try {
            return end(run(story, faults), story);
        } catch (RuntimeException violation) {
            return String.valueOf(violation.getMessage());
        }
    }

    /** What comes after that call, in its attempt and in all that follow. */
    private static List<Call> calls(Sim sim, int attempt, int index) {
        return sim.calls().stream()
                .filter(call -> call.attempt() > attempt || (call.attempt() == attempt && call.index() > index))
                .toList();
    }

    private static Sim run(Story story, List<Broken> broken) {
        Sim sim = new Sim(story.scenario(), new SomeFaults(broken), new Trace(false), BACK_AT_ONCE);
        sim.run();
        return sim;
    }

    private static String end(Sim sim, Story story) {
        return sim.told(sim.store().games().get(story.game())).orElse("nothing");
    }
}
