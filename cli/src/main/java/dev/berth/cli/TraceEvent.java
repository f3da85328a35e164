package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.time.Instant;
import java.util.List;

/**
 * One thing that happened on a job's way.
 *
 * @param at when it had ended
 * @param what a word: received, step, operation, line, entry, result
 * @param more to say of it, a line each
 * @param fields for programs: all that its source tells
 */
record TraceEvent(Instant at, String what, String text, List<String> more, ObjectNode fields) {
    TraceEvent {
        more = List.copyOf(more);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("at", Times.write(at)).put("event", what);
        return json.setAll(fields);
    }
}
