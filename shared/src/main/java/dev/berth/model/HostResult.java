package dev.berth.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a job on a host; published at least once. What it led to on games has results of its own.
 *
 * @param effect changed if anything was, on the host or in its state
 */
public record HostResult(
        JobId job,
        HostId host,
        OpSource source,
        Optional<String> sourceRef,
        Outcome outcome,
        Effect effect,
        Optional<Failure> failure,
        Instant startedAt,
        Instant finishedAt) {

    public OpId op() {
        return OpId.of(job);
    }
}
