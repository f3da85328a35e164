package dev.berth.port;

import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.TraceHeader;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Where what happens is told: one line for each thing that ended, which is a log line and its metrics at once. */
@FunctionalInterface
public interface Telemetry {
    void tell(Told told);

    /** Whose doing it is; stands in every line. */
    record Cause(OpId op, Optional<TraceHeader> trace) {}

    /** Something that happened. */
    sealed interface Told {
        Cause cause();

        /** What is measured by it. */
        default Map<Metric, Long> metrics() {
            return Map.of();
        }
    }

    /**
     * A message was taken up.
     *
     * @param deliveries which one this is, from 1
     * @param age since it was sent
     */
    record Received(
            Cause cause,
            String queue,
            String message,
            Optional<JobId> job,
            Optional<GameId> game,
            Optional<HostId> host,
            Optional<OpSource> source,
            Optional<String> sourceRef,
            int deliveries,
            Duration age)
            implements Told {
        @Override
        public Map<Metric, Long> metrics() {
            return Map.of(Metric.QUEUE_AGE, age.toMillis());
        }
    }

    /** A message for which nobody can be answered went where dead ones go. */
    record Buried(Cause cause, String queue, String message, ErrorCode code) implements Told {}

    /**
     * A step of an operation ended.
     *
     * @param undo whether it was undone rather than done
     */
    record Step(
            Cause cause,
            GameId game,
            OpKind kind,
            String step,
            boolean undo,
            Optional<Failure> failure,
            EngineCalls calls,
            Duration took)
            implements Told {
        /** A word: done, failed, undone, not undone. */
        public String outcome() {
            return undo ? failure.isPresent() ? "not undone" : "undone" : failure.isPresent() ? "failed" : "done";
        }

        @Override
        public Map<Metric, Long> metrics() {
            return undo ? Map.of() : Map.of(Metric.STEP_DURATION, took.toMillis());
        }
    }

    /**
     * An attempt at a job on a game ended.
     *
     * @param outcome a word: an effect, nothing, given back
     * @param calls all of them, those of its steps too
     * @param measured on its way
     */
    record Operation(
            Cause cause,
            GameId game,
            OpKind kind,
            String outcome,
            Optional<Failure> failure,
            EngineCalls calls,
            Duration took,
            Map<Metric, Long> measured)
            implements Told {
        public Operation {
            measured = Map.copyOf(measured);
        }

        @Override
        public Map<Metric, Long> metrics() {
            // A result that is published again says nothing of the log as it is by now.
            boolean replayed = outcome.equals(Effect.REPLAYED.wire());
            Map<Metric, Long> metrics = corruption(replayed ? Optional.empty() : failure);
            metrics.putAll(measured);
            metrics.put(Metric.OPERATIONS, 1L);
            metrics.put(Metric.OPERATION_DURATION, took.toMillis());
            return metrics;
        }
    }

    /**
     * An attempt at a job on a host ended.
     *
     * @param outcome a word: an effect, given back
     * @param settled how many differences were settled
     * @param certificates how long the certificates of the connection last; empty if there was none
     */
    record Round(
            Cause cause,
            HostId host,
            String outcome,
            Optional<Failure> failure,
            int settled,
            Optional<Duration> certificates,
            EngineCalls calls,
            Duration took)
            implements Told {
        @Override
        public Map<Metric, Long> metrics() {
            return certificates
                    .map(left -> Map.of(Metric.CERTIFICATE_DAYS, left.toDays()))
                    .orElse(Map.of());
        }
    }

    /**
     * A round of something on a schedule ended.
     *
     * @param task what it was for, in a word
     * @param counts what it came to; empty if it failed
     */
    record Swept(Cause cause, String task, Optional<Failure> failure, Map<Metric, Long> counts, Duration took)
            implements Told {
        public Swept {
            counts = Map.copyOf(counts);
        }

        @Override
        public Map<Metric, Long> metrics() {
            return counts;
        }
    }

    /**
     * The log of one game was replayed and held against its record, and what is old enough was archived.
     *
     * @param entries how many were read
     * @param unknown how many of those nobody can read
     * @param archived how many went from the table into the archive
     * @param failure why the log and the record do not agree, or why that is not known
     */
    record Audit(
            Cause cause,
            GameId game,
            long entries,
            long unknown,
            long archived,
            Optional<Failure> failure,
            Duration took)
            implements Told {
        @Override
        public Map<Metric, Long> metrics() {
            Map<Metric, Long> metrics = corruption(failure);
            metrics.put(Metric.REPLAYS, 1L);
            metrics.put(Metric.REPLAY_FAILURES, failure.isPresent() ? 1L : 0L);
            metrics.put(Metric.REPLAY_DURATION, took.toMillis());
            metrics.put(Metric.UNKNOWN_ENTRIES, unknown);
            return metrics;
        }
    }

    /** Something went wrong that nobody thought of; tells all that is known, so that it can be found. */
    record Defect(Cause cause, Throwable defect) implements Told {}

    private static Map<Metric, Long> corruption(Optional<Failure> failure) {
        Map<Metric, Long> metrics = new EnumMap<>(Metric.class);
        failure.filter(why -> why.code() == ErrorCode.LOG_CORRUPT).ifPresent(_ -> metrics.put(Metric.LOG_CORRUPT, 1L));
        return metrics;
    }
}
