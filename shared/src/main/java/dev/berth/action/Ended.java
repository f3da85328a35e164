package dev.berth.action;

import java.util.List;

/** How an attempt to carry out an action ended. */
public sealed interface Ended<S> {
    /** Every step is done. */
    record Completed<S>(S state) implements Ended<S> {}

    /**
     * A step failed, and what was done before was undone.
     *
     * @param cause the first cause
     * @param failure the exception that it came from, or one made from what was kept of it
     * @param undoErrors of the undos that failed; what they should have taken back may still be there
     */
    record Undone<S>(S state, StepError cause, RuntimeException failure, List<StepError> undoErrors)
            implements Ended<S> {
        public Undone {
            undoErrors = List.copyOf(undoErrors);
        }

        /** Whether what that step did may still be there. */
        public boolean isNotUndone(String step) {
            return undoErrors.stream().anyMatch(error -> error.step().equals(step));
        }
    }

    /** Nothing more can be done now; the deployment stays open, or belongs to somebody else. */
    record Suspended<S>(RuntimeException failure) implements Ended<S> {}
}
