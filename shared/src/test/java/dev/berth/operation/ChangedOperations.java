package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Step;
import java.util.Optional;

/** The operations with all their steps changed in the same way: for tests that know no single operation. */
public final class ChangedOperations {
    private ChangedOperations() {}

    /** Every step and every undo is run twice in a row. */
    public static Operations twice(World world) {
        return new Operations(
                world,
                action -> changed(action, new Change() {
                    @Override
                    public <S> Step<Attempt, S> apply(Step<Attempt, S> step) {
                        return with(
                                step,
                                (state, attempt) -> Optional.ofNullable(
                                                step.execute().apply(state, attempt))
                                        .map(once -> step.execute().apply(once, attempt))
                                        .orElse(null),
                                step.undo()
                                        .map(undo ->
                                                (state, attempt) -> undo.apply(undo.apply(state, attempt), attempt)));
                    }
                }));
    }

    /** No step is undone. */
    public static Operations withoutUndo(World world) {
        return new Operations(
                world,
                action -> changed(action, new Change() {
                    @Override
                    public <S> Step<Attempt, S> apply(Step<Attempt, S> step) {
                        return with(step, step.execute(), Optional.empty());
                    }
                }));
    }

    /** Of a container that is stopped, the undo forgets to start it again. */
    public static Operations withoutStartingAgain(World world) {
        return new Operations(
                world,
                action -> changed(action, new Change() {
                    @Override
                    public <S> Step<Attempt, S> apply(Step<Attempt, S> step) {
                        return step.name().startsWith("stop the old")
                                ? with(step, step.execute(), Optional.empty())
                                : step;
                    }
                }));
    }

    /** No action ever reaches a point from which there is no way back. */
    public static Operations withoutDecision(World world) {
        return new Operations(world, ChangedOperations::undecided);
    }

    private static <S> Action<Attempt, S> undecided(Action<Attempt, S> action) {
        Action.Builder<Attempt, S> other = action.withoutSteps().decidedOnce(_ -> false);
        action.steps().forEach(other::step);
        return other.build();
    }

    private interface Change {
        <S> Step<Attempt, S> apply(Step<Attempt, S> step);
    }

    private static <S> Action<Attempt, S> changed(Action<Attempt, S> action, Change change) {
        Action.Builder<Attempt, S> other = action.withoutSteps();
        action.steps().forEach(step -> other.step(change.apply(step)));
        return other.build();
    }

    private static <S> Step<Attempt, S> with(
            Step<Attempt, S> step, Step.Execute<Attempt, S> execute, Optional<Step.Undo<Attempt, S>> undo) {
        return new Step<>(step.name(), step.acts(), execute, undo, step.before(), step.after(), step.onError());
    }
}
