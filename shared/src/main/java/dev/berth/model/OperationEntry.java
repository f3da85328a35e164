package dev.berth.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One immutable entry of the operation log: a finished operation.
 *
 * @param seq 1..n for each game, without a hole
 * @param change what the record became; absent where it stayed as it was
 * @param prevHash the hash of the entry before, {@link LogHead#GENESIS} for the first
 */
public record OperationEntry(
        GameId game,
        long seq,
        OpId op,
        JobId job,
        OpKind kind,
        OpSource source,
        Optional<String> sourceRef,
        Optional<HostId> host,
        Optional<ImageRef> image,
        Optional<String> imageDigest,
        Optional<String> container,
        Fence fence,
        Outcome outcome,
        Effect effect,
        Optional<Failure> failure,
        Instant startedAt,
        Instant finishedAt,
        Optional<RuntimeRecord> change,
        String prevHash) {

    public OperationEntry {
        if (seq < 1) {
            throw new IllegalArgumentException("seq must be 1 or more");
        }
        if (finishedAt.isBefore(startedAt)) {
            throw new IllegalArgumentException("finished_at must not be before started_at");
        }
        if (outcome == Outcome.FAILURE && failure.isEmpty()) {
            throw new IllegalArgumentException("error_code is required for a failure");
        }
        if (outcome == Outcome.SUCCESS && failure.isPresent()) {
            throw new IllegalArgumentException("error_code must be absent for a success");
        }
    }
}
