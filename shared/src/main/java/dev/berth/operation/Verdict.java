package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.Failure;
import dev.berth.model.JobResult;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a job's message. */
public sealed interface Verdict {
    /**
     * The job is finished and its result is published.
     *
     * @param replayed whether it was finished before, and only its result was published again
     */
    record Done(JobResult result, boolean replayed) implements Verdict {}

    /**
     * There was nothing to do and nothing to tell.
     *
     * @param instead a difference that was found where another one was to be settled
     */
    record Nothing(Optional<Drift> instead) implements Verdict {}

    /**
     * The message is given back, for another attempt later.
     *
     * @param delay how long to wait, where that is known; the usual back-off otherwise
     */
    record GiveBack(Failure why, Optional<Duration> delay) implements Verdict {}
}
