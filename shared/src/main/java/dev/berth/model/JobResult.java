package dev.berth.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a job; published at least once and kept under its job id.
 *
 * @param seq of the log entry; absent where the game is not known
 */
public record JobResult(
        JobId job,
        GameId game,
        OpKind kind,
        OpSource source,
        Optional<String> sourceRef,
        Outcome outcome,
        Effect effect,
        Optional<Failure> failure,
        Optional<HostId> host,
        Optional<String> container,
        Optional<ImageRef> image,
        Optional<String> imageDigest,
        List<Endpoint> endpoints,
        Optional<Long> seq,
        Instant startedAt,
        Instant finishedAt) {

    public JobResult {
        endpoints = List.copyOf(endpoints);
    }

    public OpId op() {
        return OpId.of(job);
    }
}
