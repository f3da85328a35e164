package dev.berth.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.OpId;
import dev.berth.port.Telemetry;
import dev.berth.wire.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;

/** Tells what happens as JSON, one object a line, as CloudWatch Logs Insights reads it. */
public final class JsonTelemetry implements Telemetry {
    private final Consumer<String> lines;

    /** @param lines takes one line at a time, from several threads */
    public JsonTelemetry(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void tell(Event event) {
        ObjectNode json = Json.object();
        json.put("op_id", event.op().value());
        json.put("game_id", event.game().value());
        json.put("op_kind", event.kind().wire());
        event.step().ifPresent(step -> json.put("step", step));
        json.put("outcome", event.outcome());
        event.code().ifPresent(code -> json.put("error_code", code.wire()));
        event.detail().ifPresent(detail -> json.put("error_message", detail));
        json.put("millis", event.took().toMillis());
        lines.accept(Json.write(json));
    }

    @Override
    public void tell(Round round) {
        ObjectNode json = Json.object();
        json.put("op_id", round.op().value());
        json.put("host_id", round.host().value());
        json.put("outcome", round.outcome());
        round.code().ifPresent(code -> json.put("error_code", code.wire()));
        round.detail().ifPresent(detail -> json.put("error_message", detail));
        json.put("settled", round.settled());
        json.put("millis", round.took().toMillis());
        lines.accept(Json.write(json));
    }

    @Override
    public void defect(OpId op, Throwable defect) {
        StringWriter trace = new StringWriter();
        defect.printStackTrace(new PrintWriter(trace, true));
        ObjectNode json = Json.object();
        json.put("op_id", op.value());
        json.put("outcome", "defect");
        json.put("error_code", ErrorCode.INTERNAL.wire());
        json.put("trace", trace.toString());
        lines.accept(Json.write(json));
    }
}
