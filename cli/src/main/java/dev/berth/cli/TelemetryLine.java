package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import java.util.Optional;

/**
 * A line of a function's log that tells the end of a step or of an operation.
 *
 * @param step absent for the whole operation
 */
record TelemetryLine(
        String op,
        String game,
        String kind,
        Optional<String> step,
        String outcome,
        Optional<String> code,
        Optional<String> message,
        long millis) {

    /** Empty for any other line. */
    static Optional<TelemetryLine> find(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Json.parse(line)));
        } catch (OperationFailed anotherLine) {
            return Optional.empty();
        }
    }

    /** Whether the functions say with it that something else went as it should. */
    static boolean isRoutine(String line) {
        if (!line.startsWith("{")) {
            return false;
        }
        try {
            ObjectNode json = Json.parse(line);
            return json.has("op_id") && json.has("outcome") && !json.has("error_code");
        } catch (OperationFailed anotherLine) {
            return false;
        }
    }

    private static TelemetryLine read(ObjectNode json) {
        Fields fields = Fields.of(json);
        return new TelemetryLine(
                fields.text("op_id", op -> op),
                fields.text("game_id", game -> game),
                fields.text("op_kind", kind -> kind),
                fields.optionalText("step", step -> step),
                fields.text("outcome", outcome -> outcome),
                fields.optionalText("error_code", code -> code),
                fields.optionalText("error_message", message -> message),
                fields.whole("millis", 0, Long.MAX_VALUE));
    }

    /** For people: what was done, how it ended, and how long it took. */
    String text() {
        return step.orElse(kind) + ": " + outcome
                + code.map(why -> " (" + why + ")").orElse("") + ", " + millis + " ms";
    }
}
