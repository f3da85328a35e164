package dev.berth.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When something is to be done about a game by itself. */
public final class Due {
    private Due() {}

    /**
     * When a running game has been idle for too long, or a stopped one has been kept for long enough; empty if nothing
     * is ever due.
     *
     * @param since when it was changed or touched last
     */
    public static Optional<Instant> at(Optional<RuntimeRecord> record, Optional<RuntimeSpec> spec, Instant since) {
        return record.flatMap(known -> patience(known.status(), spec)).map(since::plus);
    }

    private static Optional<Duration> patience(RuntimeStatus status, Optional<RuntimeSpec> spec) {
        return switch (status) {
            case RUNNING -> spec.flatMap(RuntimeSpec::autoStopAfter);
            case STOPPED, FAILED ->
                Optional.of(spec.flatMap(RuntimeSpec::retainFor).orElse(Limits.RETENTION));
            case LOST, REMOVED -> Optional.empty();
        };
    }
}
