package dev.berth.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One named step of an action: check, then act, then verify, so that running it twice is the same as once.
 *
 * @param acts whether it changes the world outside of the deployment, so that the intent must be kept before it runs
 * @param before hooks that validate or complete what goes in
 * @param after hooks that validate or complete what comes out
 * @param <C> what the steps are given beside the state
 * @param <S> the immutable state that travels from step to step
 */
public record Step<C, S>(
        String name,
        boolean acts,
        Execute<C, S> execute,
        Optional<Undo<C, S>> undo,
        List<Execute<C, S>> before,
        List<Execute<C, S>> after,
        Optional<ErrorHandler<C, S>> onError) {

    /** State in, state out. A null is refused by the execution with {@link NoStateReturned}. */
    @FunctionalInterface
    public interface Execute<C, S> {
        @Nullable
        S apply(S state, C context);
    }

    /** Takes back what the step may have done; accepts that nothing was done, and that it is asked twice. */
    @FunctionalInterface
    public interface Undo<C, S> {
        S apply(S state, C context);
    }

    /** Goes on after a failure with a state of its own, or throws to have the action undone. */
    @FunctionalInterface
    public interface ErrorHandler<C, S> {
        @Nullable
        S handle(RuntimeException failure, S state, C context);
    }

    public Step {
        if (name.isBlank()) {
            throw new ActionRefused(ActionRefused.Reason.NAMELESS, "a step needs a name");
        }
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    static <C, S> Step<C, S> of(String name, boolean acts, Execute<C, S> execute, @Nullable Undo<C, S> undo) {
        return new Step<>(name, acts, execute, Optional.ofNullable(undo), List.of(), List.of(), Optional.empty());
    }

    /** The same step under another name, so that one action can use it twice. */
    public Step<C, S> renamed(String other) {
        return new Step<>(other, acts, execute, undo, before, after, onError);
    }

    /** The same step with one more hook on what goes in. */
    public Step<C, S> before(Execute<C, S> hook) {
        return new Step<>(name, acts, execute, undo, with(before, hook), after, onError);
    }

    /** The same step with one more hook on what comes out. */
    public Step<C, S> after(Execute<C, S> hook) {
        return new Step<>(name, acts, execute, undo, before, with(after, hook), onError);
    }

    /** The same step with an error handler; the last one given counts. */
    public Step<C, S> onError(ErrorHandler<C, S> handler) {
        return new Step<>(name, acts, execute, undo, before, after, Optional.of(handler));
    }

    /** The same step, whose failure is forgotten: the action goes on with the state as it was. */
    public Step<C, S> ignoringErrors() {
        return onError((failure, state, context) -> state);
    }

    boolean doesTheSameAs(Step<C, S> other) {
        return execute.equals(other.execute) && undo.equals(other.undo) && acts == other.acts;
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }
}
