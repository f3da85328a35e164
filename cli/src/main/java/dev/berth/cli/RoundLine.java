package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import java.util.Optional;

/**
 * A line of a function's log that tells the end of a reconcile of a host.
 *
 * @param settled how many differences were settled
 */
record RoundLine(
        String host, String outcome, Optional<String> code, Optional<String> message, long settled, long millis) {

    /** Empty for any other line. */
    static Optional<RoundLine> find(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Json.parse(line)));
        } catch (OperationFailed anotherLine) {
            return Optional.empty();
        }
    }

    private static RoundLine read(ObjectNode json) {
        Fields fields = Fields.of(json);
        return new RoundLine(
                fields.text("host_id", host -> host),
                fields.text("outcome", outcome -> outcome),
                fields.optionalText("error_code", code -> code),
                fields.optionalText("error_message", message -> message),
                fields.whole("settled", 0, Long.MAX_VALUE),
                fields.whole("millis", 0, Long.MAX_VALUE));
    }

    /** Whether there is anything to tell of: there is a round a minute for each host, and most find nothing to do. */
    boolean isNews() {
        return settled > 0 || code.isPresent();
    }

    /** For people. */
    String text() {
        return "reconcile: " + outcome
                + code.map(why -> " (" + why + message.map(text -> ": " + text).orElse("") + ")")
                        .orElse("")
                + ", " + settled + " settled, " + millis + " ms";
    }
}
