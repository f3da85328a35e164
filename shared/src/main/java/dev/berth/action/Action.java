package dev.berth.action;

import dev.berth.action.ActionRefused.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A declared list of named steps, and how its state is written down. If a step fails, what was done is undone, newest
 * first.
 */
public final class Action<C extends Supervisor, S> {
    private final String name;
    private final StateCodec<S> codec;
    private final List<Step<C, S>> steps;
    private final Predicate<S> unneeded;
    private final Predicate<S> decided;

    private Action(
            String name, StateCodec<S> codec, List<Step<C, S>> steps, Predicate<S> unneeded, Predicate<S> decided) {
        this.name = name;
        this.codec = codec;
        this.steps = List.copyOf(steps);
        this.unneeded = unneeded;
        this.decided = decided;
        Set<String> names = new HashSet<>();
        for (Step<C, S> step : steps) {
            if (!names.add(step.name())) {
                throw new ActionRefused(
                        Reason.STEP_NAMES_NOT_UNIQUE, "action " + name + " has two steps named " + step.name());
            }
        }
        if (name.isBlank()) {
            throw new ActionRefused(Reason.NAMELESS, "an action needs a name");
        }
        if (steps.isEmpty()) {
            throw new ActionRefused(Reason.EMPTY, "action " + name + " has no steps");
        }
    }

    public static <C extends Supervisor, S> Builder<C, S> named(String name, StateCodec<S> codec) {
        return new Builder<>(name, codec);
    }

    /** For an action like this one with other steps. */
    public Builder<C, S> withoutSteps() {
        return new Builder<C, S>(name, codec).unneededOnce(unneeded).decidedOnce(decided);
    }

    public String name() {
        return name;
    }

    public List<Step<C, S>> steps() {
        return steps;
    }

    public StateCodec<S> codec() {
        return codec;
    }

    /** Whether the steps that are left are not needed any more. */
    boolean isUnneeded(S state) {
        return unneeded.test(state);
    }

    /** Whether there is no way back any more. */
    boolean isDecided(S state) {
        return decided.test(state);
    }

    /**
     * The same action with one step changed: renamed, or given more hooks or another error handler. What a step
     * executes cannot be replaced.
     *
     * @throws ActionRefused if it has no such step, or the change touches what the step does
     */
    public Action<C, S> extend(String step, UnaryOperator<Step<C, S>> change) {
        List<Step<C, S>> changed = new ArrayList<>(steps);
        for (int i = 0; i < changed.size(); i++) {
            Step<C, S> old = changed.get(i);
            if (old.name().equals(step)) {
                Step<C, S> other = change.apply(old);
                if (!other.doesTheSameAs(old)) {
                    throw new ActionRefused(Reason.STEP_REPLACED, "what step " + step + " does cannot be replaced");
                }
                changed.set(i, other);
                return new Action<>(name, codec, changed, unneeded, decided);
            }
        }
        throw new ActionRefused(Reason.UNKNOWN_STEP, "action " + name + " has no step named " + step);
    }

    /** Collects the steps in the order in which they run. */
    public static final class Builder<C extends Supervisor, S> {
        private final String name;
        private final StateCodec<S> codec;
        private final List<Step<C, S>> steps = new ArrayList<>();
        private Predicate<S> unneeded = _ -> false;
        private Predicate<S> decided = _ -> false;

        private Builder(String name, StateCodec<S> codec) {
            this.name = name;
            this.codec = codec;
        }

        /** A step that changes nothing but the state, or nothing that would matter if it were lost or repeated. */
        public Builder<C, S> step(String step, Step.Execute<C, S> execute) {
            return step(Step.of(step, false, execute, null));
        }

        /** Such a step whose effect is kept together with the state, and can be taken back. */
        public Builder<C, S> step(String step, Step.Execute<C, S> execute, Step.Undo<C, S> undo) {
            return step(Step.of(step, false, execute, undo));
        }

        /** A step that changes the world; its intent is kept before it runs. */
        public Builder<C, S> act(String step, Step.Execute<C, S> execute) {
            return step(Step.of(step, true, execute, null));
        }

        /** A step that changes the world and can be undone; its intent is kept before it runs. */
        public Builder<C, S> act(String step, Step.Execute<C, S> execute, Step.Undo<C, S> undo) {
            return step(Step.of(step, true, execute, undo));
        }

        public Builder<C, S> step(Step<C, S> step) {
            steps.add(step);
            return this;
        }

        /** A state in which the steps that are left are not needed: the action is complete. */
        public Builder<C, S> unneededOnce(Predicate<S> state) {
            unneeded = state;
            return this;
        }

        /**
         * A state from which on there is no way back, also known as the pivot: nothing is undone any more, and a step
         * that fails for good is left out.
         */
        public Builder<C, S> decidedOnce(Predicate<S> state) {
            decided = state;
            return this;
        }

        public Action<C, S> build() {
            return new Action<>(name, codec, steps, unneeded, decided);
        }
    }
}
