package dev.berth.cli;

import dev.berth.model.JobId;
import dev.berth.model.OpId;
import java.util.Optional;

/** The job that somebody names, by its op id or by its own. */
record TracedJob(OpId op, Optional<JobId> job) {
    static TracedJob parse(String id) {
        try {
            return new TracedJob(new OpId(id), Optional.empty());
        } catch (IllegalArgumentException noOpId) {
            JobId job = new JobId(id);
            return new TracedJob(OpId.of(job), Optional.of(job));
        }
    }
}
