package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What a demo prints: a line for each thing that happened, with the time since its beginning. */
final class DemoReport {
    private final Output output;
    private final Instant began = Instant.now();

    DemoReport(Output output) {
        this.output = output;
    }

    /** Something is being done. */
    void tell(String event, String text) {
        tell(event, text, Json.object());
    }

    /** Something is being done; a program wants to know more of it. */
    void tell(String event, String text, ObjectNode more) {
        print(event, text, text, more);
    }

    /** A detail. */
    void detail(String event, String text, ObjectNode more) {
        print(event, "    " + text, output.style().faint("    " + text), more);
    }

    /** Something was to be proven, and is. */
    void proven(String event, String text, ObjectNode more) {
        print(event, "ok  " + text, output.style().good("ok") + "  " + text, more);
    }

    /** Something does not hold. */
    void failed(String text) {
        print("failed", text, output.style().bad("FAILED") + "  " + text, Json.object());
    }

    private void print(String event, String plain, String coloured, ObjectNode more) {
        Duration elapsed = Duration.between(began, Instant.now());
        if (output.json()) {
            ObjectNode json = Json.object()
                    .put("elapsed_ms", elapsed.toMillis())
                    .put("event", event)
                    .put("text", plain.strip());
            output.line(json.<ObjectNode>setAll(more));
        } else {
            String time = String.format(Locale.ROOT, "%6.2f s  ", elapsed.toMillis() / 1000.0);
            output.line(output.style().faint(time) + coloured);
        }
    }
}
