package dev.berth.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.port.Clock;
import dev.berth.port.EngineCall;
import dev.berth.port.EngineCalls;
import dev.berth.port.Telemetry;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells what happens as JSON, one object a line: CloudWatch Logs Insights reads its properties, and CloudWatch takes
 * the metrics out of it by itself.
 */
public final class EmfTelemetry implements Telemetry {
    private final String stack;
    private final Clock clock;
    private final Consumer<String> lines;

    /** @param lines takes one line at a time, from several threads */
    public EmfTelemetry(String stack, Clock clock, Consumer<String> lines) {
        this.stack = stack;
        this.clock = clock;
        this.lines = lines;
    }

    @Override
    public void tell(Told told) {
        Instant now = clock.now();
        ObjectNode json = Json.object();
        json.put("timestamp", Times.write(now));
        json.put("op_id", told.cause().op().value());
        told.cause().trace().ifPresent(trace -> json.put("trace", trace.value()));
        json.put("stack", stack);
        switch (told) {
            case Received received -> write(json, received);
            case Buried buried -> write(json, buried);
            case Step step -> write(json, step);
            case Operation operation -> write(json, operation);
            case Round round -> write(json, round);
            case Swept swept -> write(json, swept);
            case Audit audit -> write(json, audit);
            case Defect defect -> write(json, defect);
        }
        EmbeddedMetrics.embed(json, told.metrics(), now);
        lines.accept(Json.write(json));
    }

    private static void write(ObjectNode json, Received received) {
        json.put("outcome", "received");
        json.put("queue", received.queue());
        json.put("message_id", received.message());
        received.job().ifPresent(job -> json.put("job_id", job.value()));
        received.game().ifPresent(game -> json.put("game_id", game.value()));
        received.host().ifPresent(host -> json.put("host_id", host.value()));
        received.source().ifPresent(source -> json.put("op_source", source.wire()));
        received.sourceRef().ifPresent(ref -> json.put("source_ref", ref));
        json.put("deliveries", received.deliveries());
    }

    private static void write(ObjectNode json, Buried buried) {
        json.put("outcome", "buried");
        json.put("queue", buried.queue());
        json.put("message_id", buried.message());
        json.put("error_code", buried.code().wire());
    }

    private static void write(ObjectNode json, Step step) {
        json.put("game_id", step.game().value());
        json.put("op_kind", step.kind().wire());
        json.put("step", step.step());
        end(json, step.outcome(), step.failure(), step.took());
        write(json, step.calls());
    }

    private static void write(ObjectNode json, Operation operation) {
        json.put("game_id", operation.game().value());
        json.put("op_kind", operation.kind().wire());
        end(json, operation.outcome(), operation.failure(), operation.took());
        write(json, operation.calls());
    }

    private static void write(ObjectNode json, Round round) {
        json.put("host_id", round.host().value());
        end(json, round.outcome(), round.failure(), round.took());
        json.put("settled", round.settled());
        write(json, round.calls());
    }

    private static void write(ObjectNode json, Swept swept) {
        json.put("task", swept.task());
        end(json, swept.failure().isPresent() ? "failed" : "done", swept.failure(), swept.took());
    }

    private static void write(ObjectNode json, Audit audit) {
        json.put("game_id", audit.game().value());
        end(json, audit.failure().isPresent() ? "failed" : "replayed", audit.failure(), audit.took());
        json.put("entries", audit.entries());
        json.put("unknown", audit.unknown());
        json.put("archived", audit.archived());
    }

    private static void write(ObjectNode json, Defect defect) {
        StringWriter stackTrace = new StringWriter();
        defect.defect().printStackTrace(new PrintWriter(stackTrace, true));
        json.put("outcome", "defect");
        json.put("error_code", ErrorCode.INTERNAL.wire());
        json.put("stack_trace", stackTrace.toString());
    }

    private static void end(ObjectNode json, String outcome, Optional<Failure> failure, Duration took) {
        json.put("outcome", outcome);
        failure.ifPresent(why -> {
            json.put("error_code", why.code().wire());
            json.put("error_message", why.text());
        });
        json.put("millis", took.toMillis());
    }

    private static void write(ObjectNode json, EngineCalls calls) {
        if (!calls.first().isEmpty()) {
            ArrayNode list = json.putArray("docker");
            calls.first().forEach(call -> write(list.addObject(), call));
        }
        if (calls.more() > 0) {
            json.put("docker_more", calls.more());
        }
    }

    private static void write(ObjectNode json, EngineCall call) {
        json.put("call", call.what());
        json.put("millis", call.took().toMillis());
        call.failure().ifPresent(code -> json.put("error_code", code.wire()));
    }
}
