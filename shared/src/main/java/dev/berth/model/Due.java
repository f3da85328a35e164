package dev.berth.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is to be done about a game by itself.
 *
 * @param at when
 */
public record Due(Instant at, What what) {

    /** What is to be done. */
    public enum What {
        /** Nobody has used the game for too long: it is stopped. */
        STOP,
        /** It has ended and should run: it is started again. */
        RESTART,
        /** It is stopped for long enough: what is left of it is removed. */
        CLEANUP
    }

    /**
     * What is to be done next; empty if nothing ever is.
     *
     * @param since when the game was changed or touched last
     */
    public static Optional<Due> of(Optional<RuntimeRecord> record, Optional<RuntimeSpec> spec, Instant since) {
        return record.flatMap(known -> switch (known.status()) {
            case RUNNING -> spec.flatMap(RuntimeSpec::autoStopAfter).map(idle -> new Due(since.plus(idle), What.STOP));
            case STOPPED, FAILED ->
                Optional.of(
                        RestartRule.asksFor(known, spec)
                                ? new Due(since, What.RESTART)
                                : new Due(since.plus(retention(spec)), What.CLEANUP));
            case LOST, REMOVED -> Optional.empty();
        });
    }

    /** When {@link #of} is. */
    public static Optional<Instant> at(Optional<RuntimeRecord> record, Optional<RuntimeSpec> spec, Instant since) {
        return of(record, spec, since).map(Due::at);
    }

    private static Duration retention(Optional<RuntimeSpec> spec) {
        return spec.flatMap(RuntimeSpec::retainFor).orElse(Limits.RETENTION);
    }
}
