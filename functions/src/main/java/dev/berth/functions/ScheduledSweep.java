package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.operation.Sweep;
import dev.berth.port.Clock;
import dev.berth.wire.Json;
import java.util.List;
import java.util.Locale;

/**
 * A sweep as a schedule asks for it. The task stands in the event itself, as the schedules of template.yaml have it, or
 * in its detail, which is an object in what a rule of EventBridge sends and a text in what EventBridge Scheduler sends
 * of its own accord.
 */
final class ScheduledSweep {
    /** Reconcile first: that is a few sends, while what is due may take up the rest of the time. */
    private static final List<Sweep.Task> ALL = List.of(Sweep.Task.RECONCILE, Sweep.Task.DUE);

    private final Sweep sweep;
    private final Clock clock;

    ScheduledSweep(Sweep sweep, Clock clock) {
        this.sweep = sweep;
        this.clock = clock;
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
            Sweep.Report report = sweep.run(task, JobBatch.endOf(lambda, clock));
            counts.putObject(word(task))
                    .put("due", report.due())
                    .put("sent", report.sent())
                    .put("recovered", report.recovered())
                    .put("left", report.left());
        }
        return Json.write(counts);
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
