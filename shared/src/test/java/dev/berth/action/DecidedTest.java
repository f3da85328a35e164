package dev.berth.action;

import static dev.berth.action.Steps.action;
import static dev.berth.action.Steps.does;
import static dev.berth.action.Steps.fails;
import static dev.berth.action.Steps.fresh;
import static dev.berth.action.Steps.run;
import static dev.berth.action.Steps.undoes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** States in which there is no way back, and states in which there is nothing left to do. */
class DecidedTest {
    private final Keeper keeper = new Keeper();

    private static Action.Builder<Keeper, String> decidedByB() {
        return action().act("a", does("a"), undoes("a"))
                .act("b", does("b"), undoes("b"))
                .decidedOnce(state -> state.contains("b"));
    }

    @Test
    void undoesWhatFailsBeforeItIsDecided() {
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .act("b", fails(new IllegalStateException("broken")), undoes("b"))
                .decidedOnce(state -> state.contains("b"))
                .build();
        assertThat(run(action, keeper)).isInstanceOf(Ended.Undone.class);
        assertThat(keeper.done).containsExactly("a", "undo b", "undo a");
    }

    @Test
    void leavesOutWhatFailsForGoodAfterwards() {
        Action<Keeper, String> action = decidedByB()
                .act("c", fails(new IllegalStateException("broken")), undoes("c"))
                .act("d", does("d"), undoes("d"))
                .build();
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("abd"));
        assertThat(keeper.done).containsExactly("a", "b", "d");
        assertThat(keeper.latest().errors()).extracting(StepError::step).containsExactly("c");
    }

    @Test
    void triesAgainLaterWhatMayWorkLater() {
        Action<Keeper, String> action =
                decidedByB().act("c", fails(new Keeper.Later("busy"))).build();
        assertThat(run(action, keeper)).isInstanceOf(Ended.Suspended.class);
        assertThat(keeper.latest().stepName()).isEqualTo("c");
    }

    @Test
    void doesNotHeedAStopThatComesTooLate() {
        Action<Keeper, String> action = decidedByB()
                .step("ask", (state, at) -> {
                    at.stopRequested = true;
                    return state;
                })
                .act("c", does("c"))
                .act("d", does("d"))
                .build();
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("abcd"));
    }

    @Test
    void doesAStepAllTheSameThatHearsOfAStopTooLate() {
        Action<Keeper, String> action = decidedByB()
                .act("c", (state, at) -> {
                    at.done.add("hears");
                    if (at.done.stream().filter("hears"::equals).count() == 1) {
                        throw new ExecutionStopped();
                    }
                    return state + "c";
                })
                .build();
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("abc"));
        assertThat(keeper.latest().errors()).isEmpty();
    }

    @Test
    void goesOnInsteadOfBeingUndoneFromOutside() {
        Action<Keeper, String> action =
                decidedByB().act("c", does("c"), undoes("c")).build();
        Deployment left = fresh(action).at(2, "c", "<ab>");
        keeper.saved = Optional.of(left);
        assertThat(Execution.undo(action, left, new ExecutionStopped(), keeper))
                .isEqualTo(new Ended.Completed<>("abc"));
    }

    @Test
    void endsOnceNothingIsLeftToDo() {
        Action<Keeper, String> action = action().step("a", does("a"))
                .act("b", does("b"))
                .unneededOnce(state -> state.contains("a"))
                .build();
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("a"));
        assertThat(keeper.saves).isEmpty();
    }

    @Test
    void keepsBothConditionsWhenAStepIsExtended() {
        Action<Keeper, String> action = decidedByB()
                .act("c", fails(new IllegalStateException("broken")))
                .act("d", does("d"))
                .unneededOnce(state -> state.contains("d"))
                .act("e", does("e"))
                .build()
                .extend("a", step -> step.after(does("x")));
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("axbd"));
    }

    @Test
    void forgetsTheErrorOfAnUndoThatWorksInTheEnd() {
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .act("b", does("b"), (state, at) -> {
                    throw new Keeper.Later("busy");
                })
                .step("c", fails(new IllegalStateException("broken")))
                .build();
        assertThat(run(action, keeper)).isInstanceOf(Ended.Suspended.class);
        Action<Keeper, String> healed = action().act("a", does("a"), undoes("a"))
                .act("b", does("b"), undoes("b"))
                .step("c", does("c"))
                .build();
        Ended.Undone<String> undone = (Ended.Undone<String>) Execution.run(healed, keeper.latest(), keeper);
        assertThat(undone.undoErrors()).isEmpty();
        assertThat(undone.cause().text()).isEqualTo("broken");
    }
}
