package dev.berth.action;

import static dev.berth.action.Steps.action;
import static dev.berth.action.Steps.does;
import static dev.berth.action.Steps.fails;
import static dev.berth.action.Steps.run;
import static dev.berth.action.Steps.undoes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExecutionTest {
    private final Keeper keeper = new Keeper();

    @Test
    void handsTheStateFromStepToStep() {
        Action<Keeper, String> action =
                action().step("a", does("a")).step("b", does("b")).build();
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("ab"));
    }

    @Test
    void runsHooksAroundTheStep() {
        Action<Keeper, String> action = action().step("b", does("b"))
                .build()
                .extend("b", step -> step.before(does("a")).after(does("c")));
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("abc"));
    }

    @Test
    void undoesIfAHookRefusesWhatGoesIn() {
        Action<Keeper, String> action = action().step("a", does("a"), undoes("a"))
                .step("b", does("b"))
                .build()
                .extend("b", step -> step.before(fails(new IllegalStateException("not so"))));
        assertThat(((Ended.Undone<String>) run(action, keeper)).cause().text()).isEqualTo("not so");
        assertThat(keeper.done).containsExactly("a", "undo a");
    }

    @Test
    void undoesNewestFirst() {
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .act("b", does("b"), undoes("b"))
                .act("c", does("c"), undoes("c"))
                .step("d", fails(new IllegalStateException("broken")))
                .build();
        assertThat(run(action, keeper)).isInstanceOf(Ended.Undone.class);
        assertThat(keeper.done).containsExactly("a", "b", "c", "undo c", "undo b", "undo a");
    }

    @Test
    void undoesTheFailedStepItselfAsItMayHaveActed() {
        Action<Keeper, String> action = action().act("a", fails(new IllegalStateException("broken")), undoes("a"))
                .build();
        run(action, keeper);
        assertThat(keeper.done).containsExactly("undo a");
    }

    @Test
    void tellsHowEachStepEndedAndEachUndo() {
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .act("b", does("b"), (state, at) -> {
                    throw new IllegalStateException("undo of b broken");
                })
                .step("c", does("c"))
                .step("d", fails(new IllegalStateException("broken")))
                .build();
        run(action, keeper);
        assertThat(keeper.told).containsExactly("a done", "b done", "c done", "d failed", "b not undone", "a undone");
    }

    @Test
    void goesOnUndoingWhenAnUndoFails() {
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .act("b", does("b"), (state, at) -> {
                    throw new IllegalStateException("undo of b broken");
                })
                .step("c", fails(new IllegalStateException("c broken")))
                .build();
        Ended.Undone<String> undone = (Ended.Undone<String>) run(action, keeper);
        assertThat(keeper.done).containsExactly("a", "b", "undo a");
        assertThat(undone.undoErrors())
                .extracting(StepError::step, StepError::text)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("b", "undo of b broken"));
        assertThat(undone.cause().text()).isEqualTo("c broken");
    }

    @Test
    void refusesAStepThatReturnsNoState() {
        Action<Keeper, String> action = action().step("a", (state, at) -> null).build();
        Ended.Undone<String> undone = (Ended.Undone<String>) run(action, keeper);
        assertThat(undone.failure()).isInstanceOf(NoStateReturned.class).hasMessageContaining("\"a\"");
    }

    @Test
    void refusesAHookAndAHandlerThatReturnNoState() {
        Action<Keeper, String> hook =
                action().step("a", does("a")).build().extend("a", step -> step.after((state, at) -> null));
        Action<Keeper, String> handler = action().step("a", fails(new IllegalStateException("broken")))
                .build()
                .extend("a", step -> step.onError((failure, state, at) -> null));
        assertThat(((Ended.Undone<String>) run(hook, keeper)).failure()).isInstanceOf(NoStateReturned.class);
        assertThat(((Ended.Undone<String>) run(handler, new Keeper())).failure())
                .isInstanceOf(NoStateReturned.class);
    }

    @Test
    void goesOnWithTheValueOfAnErrorHandlerAndKeepsTheError() {
        Action<Keeper, String> action = action().step("a", fails(new IllegalStateException("broken")))
                .step("b", does("b"))
                .build()
                .extend("a", step -> step.onError((failure, state, at) -> state + "handled "));
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("handled b"));
        assertThat(keeper.latest().errors()).extracting(StepError::text).containsExactly("broken");
    }

    @Test
    void rollsBackIfTheErrorHandlerFailsToo() {
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .step("b", fails(new IllegalStateException("first")))
                .build()
                .extend(
                        "b",
                        step -> step.onError((failure, state, at) -> {
                            throw new IllegalStateException("second");
                        }));
        Ended.Undone<String> undone = (Ended.Undone<String>) run(action, keeper);
        assertThat(undone.cause().text()).isEqualTo("second");
        assertThat(keeper.latest().errors()).extracting(StepError::text).containsExactly("first", "second");
        assertThat(keeper.done).containsExactly("a", "undo a");
    }

    @Test
    void goesOnWithTheStateAsItWasWhenErrorsAreIgnored() {
        Action<Keeper, String> action = action().step("a", does("a"))
                .step("b", fails(new IllegalStateException("broken")))
                .step("c", does("c"))
                .build()
                .extend("b", Step::ignoringErrors);
        assertThat(run(action, keeper)).isEqualTo(new Ended.Completed<>("ac"));
    }

    @Test
    void handlesNoErrorThatMeansThatSomebodyElseHasTakenOver() {
        Action<Keeper, String> action =
                action().step("a", fails(new Keeper.TakenOver())).build().extend("a", Step::ignoringErrors);
        assertThat(run(action, keeper)).isInstanceOf(Ended.Suspended.class);
    }

    @Test
    void touchesNothingAnyMoreOnceSomebodyElseHasTakenOver() {
        keeper.failingSave = 1;
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .act("b", does("b"), undoes("b"))
                .build();
        assertThat(run(action, keeper)).isInstanceOf(Ended.Suspended.class);
        assertThat(keeper.done).containsExactly("a");
    }

    @Test
    void isSuspendedByWhatMaySucceedLater() {
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .act("b", fails(new Keeper.Later("not now")), undoes("b"))
                .build();
        Ended.Suspended<String> suspended = (Ended.Suspended<String>) run(action, keeper);
        assertThat(suspended.failure()).hasMessage("not now");
        assertThat(keeper.done).containsExactly("a");
        assertThat(keeper.latest().status()).isEqualTo(Deployment.Status.SUSPENDED);
        assertThat(keeper.latest().stepName()).isEqualTo("b");
        assertThat(keeper.latest().errors()).extracting(StepError::code).containsExactly("Later");
    }

    @Test
    void endsAtTheNextCheckpointWhenAStopWasRequestedAndUndoes() {
        keeper.stopRequested = true;
        Action<Keeper, String> action = action().step("a", does("a"), undoes("a"))
                .act("b", does("b"), undoes("b"))
                .build();
        Ended.Undone<String> undone = (Ended.Undone<String>) run(action, keeper);
        assertThat(undone.failure()).isInstanceOf(ExecutionStopped.class);
        assertThat(keeper.done).containsExactly("a", "undo b", "undo a");
    }
}
