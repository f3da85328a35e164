package dev.berth.action;

import static dev.berth.action.Steps.action;
import static dev.berth.action.Steps.does;
import static dev.berth.action.Steps.fails;
import static dev.berth.action.Steps.fresh;
import static dev.berth.action.Steps.run;
import static dev.berth.action.Steps.undoes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What another attempt makes of what an attempt has left, and when a deployment is kept. */
class ResumingTest {
    private final Keeper keeper = new Keeper();
    private final Action<Keeper, String> three = action().act("a", does("a"), undoes("a"))
            .act("b", does("b"), undoes("b"))
            .act("c", does("c"), undoes("c"))
            .build();

    @Test
    void keepsTheIntentBeforeEachActingStepButTheFirstSinceTheLastTime() {
        run(three, keeper);
        assertThat(keeper.saves).extracting(Deployment::stepName).containsExactly("a", "b", "c");
        keeper.saves.clear();
        keeper.saved = java.util.Optional.empty();
        Action<Keeper, String> opened = action().step("open", (state, at) -> {
                    at.save(at.latest().withState("<opened>"));
                    return "opened";
                })
                .step("look", does("look"))
                .act("a", does("a"))
                .step("check", does("check"))
                .act("b", does("b"))
                .build();
        run(opened, keeper);
        assertThat(keeper.saves).extracting(Deployment::stepName).containsExactly("open", "b");
    }

    @Test
    void keepsNothingForStepsThatDoNotAct() {
        run(action().step("a", does("a")).step("b", does("b")).build(), keeper);
        assertThat(keeper.saves).isEmpty();
    }

    @Test
    void takesUpTheKeptStepWithTheStateAsTheCodecReadIt() {
        Steps.Codec codec = new Steps.Codec();
        Action<Keeper, String> action = Action.<Keeper, String>named("test", codec)
                .act("a", does("a"))
                .act("b", does("b"))
                .build();
        Deployment kept = fresh(action).at(1, "b", "<a>").resumed();
        keeper.saved = java.util.Optional.of(kept);
        assertThat(Execution.run(action, kept, keeper)).isEqualTo(new Ended.Completed<>("ab"));
        assertThat(codec.read).containsExactly("<a>");
        assertThat(keeper.done).containsExactly("b");
        assertThat(kept.attempt()).isEqualTo(2);
    }

    @Test
    void goesOnUndoingWhereTheLastAttemptWasUndoing() {
        StepError cause = new StepError("c", false, "Broken", "c broken", Keeper.NOW);
        Deployment kept = fresh(three)
                .at(2, "c", "<ab>")
                .undoing(cause)
                .at(1, "b", "<ab>")
                .resumed();
        keeper.saved = java.util.Optional.of(kept);
        Ended.Undone<String> undone = (Ended.Undone<String>) Execution.run(three, kept, keeper);
        assertThat(keeper.done).containsExactly("undo b", "undo a");
        assertThat(undone.cause()).isEqualTo(cause);
        assertThat(undone.failure()).hasMessage("c broken");
    }

    @Test
    void undoesWhatADeadAttemptMayHaveBegunWithoutKeepingIt() {
        // Kept before "open"; the dead attempt may have gone on to "a", the first step that acts, but not to "b".
        Action<Keeper, String> action = action().step("open", does("open"), undoes("open"))
                .act("a", does("a"), undoes("a"))
                .act("b", does("b"), undoes("b"))
                .build();
        Deployment kept = fresh(action);
        keeper.saved = java.util.Optional.of(kept);
        Execution.undo(action, kept.resumed(), new ExecutionStopped(), keeper);
        assertThat(keeper.done).containsExactly("undo a", "undo open");
    }

    @Test
    void undoesNothingBeyondWhereAnAttemptGaveUpInGoodOrder() {
        Action<Keeper, String> action = action().step("open", does("open"), undoes("open"))
                .act("a", does("a"), undoes("a"))
                .build();
        Deployment kept = fresh(action).suspended();
        keeper.saved = java.util.Optional.of(kept);
        Execution.undo(action, kept.resumed(), new ExecutionStopped(), keeper);
        assertThat(keeper.done).contains("undo open");
    }

    @Test
    void keepsTheFirstCauseWhateverGoesWrongLater() {
        StepError first = new StepError("c", false, "Broken", "first", Keeper.NOW);
        StepError second = new StepError("b", true, "Broken", "second", Keeper.NOW);
        Deployment undoing = fresh(three).undoing(first).undoing(second);
        assertThat(undoing.rollbackError()).contains(first);
        assertThat(undoing.errors()).containsExactly(first, second);
    }

    private static StepError error(String step, boolean undo, String text) {
        return new StepError(step, undo, "Code", text, Keeper.NOW);
    }

    @Test
    void keepsTheFirstErrorAndTheNewestOfEachStep() {
        Deployment deployment = fresh(three).noting(error("a", false, "error 0"));
        for (int i = 1; i < 20; i++) {
            deployment = deployment.noting(error("b", false, "error " + i));
        }
        assertThat(deployment.errors()).extracting(StepError::text).containsExactly("error 0", "error 19");
    }

    @Test
    void forgetsNoUndoThatFailedWhateverElseGoesWrong() {
        Deployment deployment = fresh(three).noting(error("a", false, "first")).noting(error("b", true, "not undone"));
        for (int i = 0; i < 40; i++) {
            deployment = deployment.noting(error("step " + i, false, "error " + i));
        }
        assertThat(deployment.errors())
                .hasSize(Deployment.MAX_ERRORS)
                .extracting(StepError::text)
                .startsWith("first", "not undone")
                .endsWith("error 39");
    }

    @Test
    void doesNotUndoBeforeTheUndoingIsKept() {
        keeper.failingSave = 1;
        Action<Keeper, String> action = action().act("a", does("a"), undoes("a"))
                .step("b", fails(new IllegalStateException("broken")))
                .build();
        assertThat(run(action, keeper)).isInstanceOf(Ended.Suspended.class);
        assertThat(keeper.done).containsExactly("a");
    }
}
