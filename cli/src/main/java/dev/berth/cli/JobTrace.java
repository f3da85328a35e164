package dev.berth.cli;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Failure;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.port.Metric;
import dev.berth.wire.Json;
import dev.berth.wire.ResultJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A job's whole story: from its message to its result.
 *
 * @param lines that its functions have logged
 * @param entries that it has left in the operation log
 */
record JobTrace(OpId op, List<FunctionLogs.Line> lines, List<LoggedEntry> entries, Optional<JobResult> result) {
    /** As the results, the entries or the lines tell. */
    static Optional<JobId> job(List<FunctionLogs.Line> lines, List<LoggedEntry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.entry().stream())
                .map(OperationEntry::job)
                .findFirst()
                .or(() -> lines.stream()
                        .flatMap(line -> parsed(line.text()).stream())
                        .filter(json -> json.path("job_id").isTextual())
                        .map(json -> new JobId(json.path("job_id").asText()))
                        .findFirst());
    }

    boolean isEmpty() {
        return lines.isEmpty() && entries.isEmpty() && result.isEmpty();
    }

    /** In order of time; what ended at the same moment in the order in which it is told. The result comes last. */
    List<TraceEvent> events() {
        List<TraceEvent> events = new ArrayList<>();
        lines.forEach(line -> events.add(event(line)));
        Instant last = lines.stream()
                .map(FunctionLogs.Line::at)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        entries.forEach(entry -> events.add(event(entry, last)));
        events.sort(comparing(TraceEvent::at));
        result.ifPresent(told -> events.add(event(told)));
        return events;
    }

    private TraceEvent event(FunctionLogs.Line line) {
        return parsed(line.text())
                .map(json -> event(line, json))
                .orElseGet(() -> new TraceEvent(
                        line.at(), "line", line.text(), List.of(), Json.object().put("text", line.text())));
    }

    private TraceEvent event(FunctionLogs.Line line, ObjectNode json) {
        ObjectNode fields = json.deepCopy().without(List.of("_aws"));
        List<String> more = Stream.concat(calls(json).stream(), message(json)).toList();
        Optional<TelemetryLine> ended = TelemetryLine.find(line.text());
        if (ended.isPresent()) {
            String text = ended.get().text();
            return ended.get().step().isPresent()
                    ? new TraceEvent(line.at(), "step", text, more, fields)
                    // Its calls are those of its steps.
                    : new TraceEvent(line.at(), "operation", text, message(json).toList(), fields);
        }
        String outcome = json.path("outcome").asText();
        if (outcome.equals("received")) {
            return new TraceEvent(line.at(), outcome, received(json), more, fields);
        }
        String text = RoundLine.find(line.text())
                .map(RoundLine::text)
                .orElse(outcome
                        + (json.has("error_code")
                                ? " (" + json.path("error_code").asText() + ")"
                                : ""));
        return new TraceEvent(line.at(), "line", text, more, fields);
    }

    private static String received(JsonNode json) {
        return "from " + json.path("queue").asText() + ", delivery "
                + json.path("deliveries").asInt() + ", "
                + json.path(Metric.QUEUE_AGE.word()).asLong() + " ms after it was sent";
    }

    /** What a step has asked of the engine, in one line. */
    private static Optional<String> calls(JsonNode json) {
        String calls = StreamSupport.stream(json.path("docker").spliterator(), false)
                .map(call ->
                        call.path("call").asText() + " " + call.path("millis").asLong() + " ms"
                                + (call.has("error_code")
                                        ? " (" + call.path("error_code").asText() + ")"
                                        : ""))
                .collect(Collectors.joining(", "));
        int others = json.path("docker_more").asInt();
        return calls.isEmpty()
                ? Optional.empty()
                : Optional.of("docker: " + calls + (others > 0 ? ", and " + others + " more" : ""));
    }

    private Stream<String> message(JsonNode json) {
        String message = json.path("error_message").asText().replace(" (" + op + ")", "");
        return Stream.concat(message.lines(), json.path("stack_trace").asText().lines());
    }

    /** @param last when the last line was written, for an entry that does not tell its time */
    private TraceEvent event(LoggedEntry logged, Instant last) {
        String place = "entry " + logged.seq() + " of " + logged.game() + ": ";
        String text = switch (logged.content()) {
            case LoggedEntry.Content.Known(OperationEntry entry) ->
                place + entry.kind().wire() + ", " + entry.outcome().wire() + ", "
                        + entry.effect().wire()
                        + entry.failure()
                                .map(Failure::code)
                                .map(code -> " (" + code.wire() + ")")
                                .orElse("")
                        + entry.change()
                                .map(record -> "; it became " + LogTable.became(record))
                                .orElse("");
            case LoggedEntry.Content.Unknown(String why) -> place + why;
        };
        return new TraceEvent(
                logged.entry().map(OperationEntry::finishedAt).orElse(last),
                "entry",
                text,
                List.of(),
                LogTable.json(logged));
    }

    private TraceEvent event(JobResult told) {
        List<String> lines =
                new ResultText(new Style(false)).summary(told).lines().toList();
        return new TraceEvent(
                told.finishedAt(), "result", lines.getFirst(), lines.subList(1, lines.size()), ResultJson.write(told));
    }

    private static Optional<ObjectNode> parsed(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(line));
        } catch (OperationFailed noJson) {
            return Optional.empty();
        }
    }
}
