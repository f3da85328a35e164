package dev.berth.action;

import dev.berth.action.ActionRefused.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A declared list of named steps, and how its state is written down. If a step fails, what was done is undone, newest
 * first.
 */
public final class Action<C extends Supervisor, S> {
    private final String name;
    private final StateCodec<S> codec;
    private final List<Step<C, S>> steps;

    private Action(String name, StateCodec<S> codec, List<Step<C, S>> steps) {
        this.name = name;
        this.codec = codec;
        this.steps = List.copyOf(steps);
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

    public String name() {
        return name;
    }

    public List<Step<C, S>> steps() {
        return steps;
    }

    public StateCodec<S> codec() {
        return codec;
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
                return new Action<>(name, codec, changed);
            }
        }
        throw new ActionRefused(Reason.UNKNOWN_STEP, "action " + name + " has no step named " + step);
    }

    /** Collects the steps in the order in which they run. */
    public static final class Builder<C extends Supervisor, S> {
        private final String name;
        private final StateCodec<S> codec;
        private final List<Step<C, S>> steps = new ArrayList<>();

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

        public Action<C, S> build() {
            return new Action<>(name, codec, steps);
        }
    }
}
