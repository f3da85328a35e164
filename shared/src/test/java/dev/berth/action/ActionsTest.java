package dev.berth.action;

import static dev.berth.action.Steps.action;
import static dev.berth.action.Steps.does;
import static dev.berth.action.Steps.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.action.ActionRefused.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ActionsTest {
    private final Actions<Keeper> actions = new Actions<>();
    private final Action<Keeper, String> one = action().step("a", does("a")).build();

    @Test
    void findsAnActionByItsApplicationAndName() {
        actions.register("berth", one).register("other", one);
        assertThat(actions.find("berth", "test")).isSameAs(one);
        assertThat(actions.all()).hasSize(2);
    }

    @Test
    void refusesWhatIsNoAction() {
        refused(Reason.NIL, () -> actions.register("berth", null));
    }

    @Test
    void refusesASecondActionOfTheSameName() {
        actions.register("berth", one);
        refused(Reason.DUPLICATE, () -> actions.register("berth", one));
    }

    @Test
    void refusesToFindWhatIsNotThere() {
        actions.register("berth", one);
        refused(Reason.UNKNOWN, () -> actions.find("berth", "restart"));
        refused(Reason.UNKNOWN, () -> actions.find("other", "test"));
    }

    @Test
    void refusesAnActionWithoutSteps() {
        refused(Reason.EMPTY, () -> action().build());
    }

    @Test
    void refusesAnActionOrAStepWithoutAName() {
        refused(
                Reason.NAMELESS,
                () -> Action.<Keeper, String>named(" ", new Steps.Codec())
                        .step("a", does("a"))
                        .build());
        refused(Reason.NAMELESS, () -> action().step("", does("a")));
    }

    @Test
    void refusesTwoStepsOfTheSameName() {
        refused(
                Reason.STEP_NAMES_NOT_UNIQUE,
                () -> action().step("a", does("a")).step("a", does("b")).build());
    }

    @Test
    void usesAStepTwiceUnderAnotherName() {
        Step<Keeper, String> again = one.steps().getFirst().renamed("a again");
        Action<Keeper, String> twice =
                action().step(one.steps().getFirst()).step(again).build();
        assertThat(run(twice, new Keeper())).isEqualTo(new Ended.Completed<>("aa"));
    }

    @Test
    void extendsAStepWithoutTouchingTheActionItself() {
        Action<Keeper, String> more = one.extend("a", step -> step.after(does("b")));
        assertThat(run(more, new Keeper())).isEqualTo(new Ended.Completed<>("ab"));
        assertThat(run(one, new Keeper())).isEqualTo(new Ended.Completed<>("a"));
    }

    @Test
    void doesNotLetWhatAStepDoesBeReplaced() {
        Step<Keeper, String> other =
                action().step("a", does("other")).build().steps().getFirst();
        refused(Reason.STEP_REPLACED, () -> one.extend("a", step -> other));
        refused(Reason.UNKNOWN_STEP, () -> one.extend("b", step -> step));
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ActionRefused.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
