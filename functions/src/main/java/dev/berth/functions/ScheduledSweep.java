package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Failure;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.model.OperationFailed;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Delivery;
import dev.berth.operation.Sweep;
import dev.berth.port.Clock;
import dev.berth.port.Metric;
import dev.berth.port.Telemetry;
import dev.berth.port.Telemetry.Cause;
import dev.berth.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A sweep as a schedule asks for it. The task stands in the event itself, as the schedules of template.yaml have it, or
 * in its detail, which is an object in what a rule of EventBridge sends and a text in what EventBridge Scheduler sends
 * of its own accord.
 */
final class ScheduledSweep {
    /** Reconcile first: that is a few sends, while what is due may take up the rest of the time. */
    private static final List<Sweep.Task> ALL = List.of(Sweep.Task.RECONCILE, Sweep.Task.DUE);

    private final Sweep sweep;
    private final Telemetry log;
    private final Clock clock;
    private final Supplier<Optional<TraceHeader>> trace;

    /** @param trace that the invocation belongs to */
    ScheduledSweep(Sweep sweep, Telemetry log, Clock clock, Supplier<Optional<TraceHeader>> trace) {
        this.sweep = sweep;
        this.log = log;
        this.clock = clock;
        this.trace = trace;
    }

    /**
     * Does the task that the event names; every task if it names none.
     *
     * @return JSON: for each task its counts
     * @throws IllegalArgumentException if there is no such task
     */
    String handle(String event, Context lambda) {
        ObjectNode counts = Json.object();
        for (Sweep.Task task : tasks(Json.parse(event))) {
            Sweep.Report report = run(task, lambda);
            counts.putObject(word(task))
                    .put("due", report.due())
                    .put("sent", report.sent())
                    .put("recovered", report.recovered())
                    .put("left", report.left());
        }
        return Json.write(counts);
    }

    /** Each task of an invocation has an op id of its own, derived from the invocation's. */
    private Sweep.Report run(Sweep.Task task, Context lambda) {
        Instant began = clock.now();
        OpId op = OpId.of(new JobId("sweep." + word(task) + "." + lambda.getAwsRequestId()));
        Cause cause = new Cause(op, trace.get());
        try {
            Sweep.Report report = sweep.run(task, new Delivery(false, JobBatch.endOf(lambda, clock), cause.trace()));
            tell(cause, task, Optional.empty(), counts(task, report), began);
            return report;
        } catch (OperationFailed failed) {
            tell(cause, task, Optional.of(Failure.of(failed)), Map.of(), began);
            throw failed;
        }
    }

    private static Map<Metric, Long> counts(Sweep.Task task, Sweep.Report report) {
        Map<Metric, Long> counts = new EnumMap<>(Metric.class);
        counts.put(Metric.SWEEP_JOBS, (long) report.sent());
        if (task == Sweep.Task.DUE) {
            counts.put(Metric.OPEN_DEPLOYMENTS, (long) report.open());
            counts.put(Metric.SWEEP_RECOVERED, (long) report.recovered());
            counts.put(Metric.SWEEP_LEFT, (long) report.left());
        }
        return counts;
    }

    private void tell(
            Cause cause, Sweep.Task task, Optional<Failure> failure, Map<Metric, Long> counts, Instant began) {
        log.tell(new Telemetry.Swept(cause, word(task), failure, counts, Duration.between(began, clock.now())));
    }

    static List<Sweep.Task> tasks(ObjectNode event) {
        JsonNode task = event.has("task") ? event.get("task") : detail(event).path("task");
        return task.isMissingNode() || task.isNull() ? ALL : List.of(named(task));
    }

    private static JsonNode detail(ObjectNode event) {
        JsonNode detail = event.path("detail");
        return detail.isTextual() ? Json.parse(detail.textValue()) : detail;
    }

    private static Sweep.Task named(JsonNode task) {
        return ALL.stream()
                .filter(known -> task.isTextual() && word(known).equals(task.textValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a sweep has no task " + task + "; there are "
                        + ALL.stream().map(ScheduledSweep::word).toList()));
    }

    private static String word(Sweep.Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }
}
