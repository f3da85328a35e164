package dev.berth.port;

import static dev.berth.port.Metric.Unit.BYTES;
import static dev.berth.port.Metric.Unit.COUNT;
import static dev.berth.port.Metric.Unit.MILLISECONDS;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every metric that there is. Each has the dimension {@code stack}, and some are told apart further. What has many
 * values (op id, game, host) is never a dimension: each value would be a metric of its own, and paid for.
 */
public enum Metric {
    OPERATIONS(
            "Operations",
            COUNT,
            "op_kind+outcome, error_code",
            "attempts at jobs on games that ended; `given back` is an outcome too"),
    OPERATION_DURATION("OperationDuration", MILLISECONDS, "op_kind", "from taking up a job on a game to its end"),
    STEP_DURATION("StepDuration", MILLISECONDS, "op_kind+step", "how long a step took, undoing not counted"),
    ACQUIRE_LATENCY("AcquireLatency", MILLISECONDS, "", "how long taking a lease took, or being refused it"),
    LEASE_WAIT("LeaseWait", MILLISECONDS, "op_kind", "for how long a job that met a held lease was given back"),
    QUEUE_AGE("QueueAge", MILLISECONDS, "queue", "from the sending of a message to each of its receipts"),
    ENTRIES_APPENDED("EntriesAppended", COUNT, "", "entries added to the operation log"),
    BYTES_APPENDED("BytesAppended", BYTES, "", "their size in canonical form"),
    LOG_CORRUPT("LogCorrupt", COUNT, "", "operations and replays that met a log which does not verify"),
    REPLAYS("Replays", COUNT, "", "games whose log was replayed and held against the record"),
    REPLAY_FAILURES("ReplayFailures", COUNT, "", "those of them that could not be, or did not agree"),
    REPLAY_DURATION("ReplayDuration", MILLISECONDS, "", "how long the replay of one game took"),
    UNKNOWN_ENTRIES("UnknownEntries", COUNT, "", "entries of an unknown kind or version that a replay met"),
    OPEN_DEPLOYMENTS("OpenDeployments", COUNT, "", "what dead attempts had left open when a sweep looked"),
    SWEEP_JOBS("SweepJobs", COUNT, "task", "jobs that a sweep has sent"),
    SWEEP_RECOVERED("SweepRecovered", COUNT, "task", "open deployments that a sweep has finished"),
    SWEEP_LEFT("SweepLeft", COUNT, "task", "what was due and is left for the next sweep"),
    CERTIFICATE_DAYS(
            "CertificateDays", COUNT, "", "whole days until a certificate of a host's connection ends, its or ours");

    private static final String STACK = "stack";

    /** CloudWatch's own names. */
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        BYTES("Bytes");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private final String word;
    private final Unit unit;
    private final String by;
    private final String meaning;

    Metric(String word, Unit unit, String by, String meaning) {
        this.word = word;
        this.unit = unit;
        this.by = by;
        this.meaning = meaning;
    }

    /** Its name in CloudWatch. */
    public String word() {
        return word;
    }

    public Unit unit() {
        return unit;
    }

    /** In a few words; the README's table is printed from here. */
    public String meaning() {
        return meaning;
    }

    /** The properties by which it is told apart, beside the stack: of sets that stand beside each other, {@code a+b, c}. */
    public String by() {
        return by;
    }

    /** The same as CloudWatch wants them: each set with the stack. A set that a line lacks a property of is left out. */
    public List<List<String>> dimensions() {
        return Arrays.stream(by.split(", "))
                .map(set -> Stream.concat(Stream.of(STACK), Arrays.stream(set.split("\\+")))
                        .filter(property -> !property.isEmpty())
                        .toList())
                .toList();
    }
}
