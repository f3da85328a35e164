package dev.berth.action;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The persisted execution of one action.
 *
 * @param id of the execution, the same over all its attempts
 * @param action the action's name
 * @param input what the execution was started for, as its owner wrote it down; opaque here
 * @param status whether it goes forward or is being undone
 * @param step the step it is at, from 0; while undoing, the newest one that is not yet undone
 * @param stepName that step's name, for people
 * @param steps how many steps there are
 * @param furthest the newest step that an earlier attempt may have begun, wherever this one is
 * @param state the state with which that step begins, as the action's codec wrote it
 * @param attempt how often it was taken up, from 1
 * @param errors what went wrong, oldest first, at most {@link #MAX_ERRORS}
 * @param rollbackError the first cause of the undoing in full, once there is one
 * @param progress how far a long step has come, for people
 */
public record Deployment(
        String id,
        String action,
        String input,
        Status status,
        int step,
        String stepName,
        int steps,
        int furthest,
        String state,
        int attempt,
        Instant startedAt,
        List<StepError> errors,
        Optional<StepError> rollbackError,
        Optional<String> progress) {

    /** Keeps the item small that the deployment is a part of. */
    public static final int MAX_ERRORS = 12;

    /** Where an execution is heading. */
    public enum Status {
        RUNNING,
        /** Nobody is at it; nothing after its step has begun. */
        SUSPENDED,
        UNDOING
    }

    public Deployment {
        errors = List.copyOf(errors);
    }

    /** A new execution that stands before its first step. */
    public static <C extends Supervisor, S> Deployment of(
            String id, Action<C, S> action, String input, S state, Instant now) {
        return new Deployment(
                id,
                action.name(),
                input,
                Status.RUNNING,
                0,
                action.steps().getFirst().name(),
                action.steps().size(),
                0,
                action.codec().write(state),
                1,
                now,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public Deployment at(int newStep, String name, String newState) {
        return with(status, newStep, name, newState, attempt, errors, rollbackError, Optional.empty());
    }

    public Deployment withState(String newState) {
        return at(step, stepName, newState);
    }

    /** Another attempt knows that so much may have begun before it. */
    Deployment begunUntil(int newest) {
        return new Deployment(
                id,
                action,
                input,
                status,
                step,
                stepName,
                steps,
                Math.max(furthest, newest),
                state,
                attempt,
                startedAt,
                errors,
                rollbackError,
                progress);
    }

    /** With a word about how far its step has come; the next step begins without. */
    public Deployment withProgress(String text) {
        return with(status, step, stepName, state, attempt, errors, rollbackError, Optional.of(text));
    }

    /** Left alone for a while by an attempt that knows how far it came. */
    public Deployment suspended() {
        return with(Status.SUSPENDED, step, stepName, state, attempt, errors, rollbackError, progress);
    }

    /** Taken up again by another attempt. */
    public Deployment resumed() {
        Status again = status == Status.SUSPENDED ? Status.RUNNING : status;
        return with(again, step, stepName, state, attempt + 1, errors, rollbackError, progress);
    }

    /** From now on it goes back; the first cause stays the first cause. */
    public Deployment undoing(StepError cause) {
        List<StepError> noted = noting(cause).errors;
        Optional<StepError> first = Optional.of(rollbackError.orElse(cause));
        return with(Status.UNDOING, step, stepName, state, attempt, noted, first, Optional.empty());
    }

    /** With that step undone: if that failed before, it did not matter. */
    public Deployment undone(String undoneStep) {
        return withErrors(errors.stream()
                .filter(error -> !error.undo() || !error.step().equals(undoneStep))
                .toList());
    }

    /**
     * With one more error. Of what fails again and again only the last time is kept, beside the first error of all; of too
     * many the oldest goes, but none of an undo as long as there is another: those tell what may still be there.
     */
    public Deployment noting(StepError error) {
        if (errors.isEmpty()) {
            return withErrors(List.of(error.shortened()));
        }
        List<StepError> later = new ArrayList<>(errors.subList(1, errors.size()));
        later.removeIf(before -> before.step().equals(error.step()) && before.undo() == error.undo());
        if (later.size() == MAX_ERRORS - 1) {
            later.remove(
                    later.stream().filter(before -> !before.undo()).findFirst().orElse(later.getFirst()));
        }
        later.addFirst(errors.getFirst());
        later.add(error.shortened());
        return withErrors(later);
    }

    private Deployment withErrors(List<StepError> others) {
        return with(status, step, stepName, state, attempt, others, rollbackError, progress);
    }

    /** The same execution, otherwise. */
    private Deployment with(
            Status newStatus,
            int newStep,
            String name,
            String newState,
            int newAttempt,
            List<StepError> newErrors,
            Optional<StepError> first,
            Optional<String> newProgress) {
        return new Deployment(
                id,
                action,
                input,
                newStatus,
                newStep,
                name,
                steps,
                furthest,
                newState,
                newAttempt,
                startedAt,
                newErrors,
                first,
                newProgress);
    }
}
