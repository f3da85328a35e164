package dev.berth.action;

import java.time.Instant;
import java.util.Optional;

/** What an execution needs of whoever runs it: a place to keep the deployment, a clock, and a judgement of failures. */
public interface Supervisor {
    /** The deployment as it was last kept, if it ever was. */
    Optional<Deployment> saved();

    /**
     * Keeps the deployment.
     *
     * @throws ExecutionStopped if a stop was requested since, and the deployment is not undoing already; it is kept all
     *     the same
     * @throws RuntimeException that is judged {@link Judgement.Kind#ABANDON} if somebody else has taken over
     */
    void save(Deployment deployment);

    /** Where the execution is now. Nothing has to be kept yet, but whatever is kept next starts from here. */
    void at(Deployment deployment);

    /**
     * A step has ended, or its undo.
     *
     * @param error why it failed, if it did
     */
    void ended(String step, boolean undo, Optional<StepError> error);

    /** What a failure of a step means. */
    Judgement judge(RuntimeException failure);

    Instant now();

    /** What a failure means, with its stable code and its text for people. */
    record Judgement(Kind kind, String code, String text) {
        /** What becomes of the execution. */
        public enum Kind {
            /** Undo what was done. */
            UNDO,
            /** Leave the deployment open; a later attempt goes on at this step. */
            SUSPEND,
            /** Touch nothing any more: the execution belongs to somebody else, or cannot be kept. */
            ABANDON
        }
    }
}
