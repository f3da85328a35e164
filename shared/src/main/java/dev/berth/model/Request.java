package dev.berth.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Who asked for a job, when, and under which idempotency key.
 *
 * @param sourceRef the asker's own reference, reused as the correlation id of inner entries
 * @param requestedAt orders the jobs of a game: an older request than the last one applied is superseded
 * @param deadline found later than this, the job is refused
 * @param contentHash SHA-256 of queue and message: two jobs of one id are the same job if this is the same
 */
public record Request(
        JobId job,
        OpSource source,
        Optional<String> sourceRef,
        Instant requestedAt,
        Optional<Instant> deadline,
        String contentHash) {

    public OpId op() {
        return OpId.of(job);
    }
}
