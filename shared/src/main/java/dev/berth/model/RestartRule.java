package dev.berth.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When a container that has ended by itself is started again, and when it has ended too often for that. */
public final class RestartRule {
    /** How many restarts a record remembers: those that are shown, and more than are ever asked about. */
    public static final int REMEMBERED = 10;

    private RestartRule() {}

    /** Whether a game that should run and does not is to be started again. */
    public static boolean asksFor(RuntimeRecord record, Optional<RuntimeSpec> spec) {
        if (record.desired() != Desired.RUNNING || record.exit().isEmpty()) {
            return false;
        }
        RestartPolicy policy = spec.map(RuntimeSpec::restart).orElse(RestartPolicy.NEVER);
        return switch (record.status()) {
            case FAILED -> policy != RestartPolicy.NEVER;
            case STOPPED -> policy == RestartPolicy.ALWAYS;
            case RUNNING, LOST, REMOVED -> false;
        };
    }

    /**
     * What a game that has just ended is from now on: still to run, if it is to be started again, else not any more.
     *
     * @param ended as it was observed, with what was wanted of it before
     */
    public static RuntimeRecord decide(RuntimeRecord ended, Optional<RuntimeSpec> spec, Instant now) {
        boolean loop = ended.restarts().stream()
                        .filter(now.minus(Limits.CRASH_LOOP_WITHIN)::isBefore)
                        .count()
                >= Limits.CRASH_LOOP_RESTARTS;
        return asksFor(ended, spec) && !loop ? ended : ended.toBeStopped();
    }

    /** Those that a record remembers after one more. */
    public static List<Instant> oneMore(List<Instant> before, Instant now) {
        List<Instant> all = Stream.concat(before.stream(), Stream.of(now)).toList();
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }
}
