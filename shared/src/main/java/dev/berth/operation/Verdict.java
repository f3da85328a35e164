package dev.berth.operation;

import dev.berth.model.Failure;
import dev.berth.model.JobResult;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a job's message. */
public sealed interface Verdict {
    /** The job is finished and its result is published. */
    record Done(JobResult result) implements Verdict {}

    /**
     * The message is given back, for another attempt later.
     *
     * @param delay how long to wait, where that is known; the usual back-off otherwise
     */
    record GiveBack(Failure why, Optional<Duration> delay) implements Verdict {}
}
