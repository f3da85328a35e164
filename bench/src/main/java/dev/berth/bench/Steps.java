package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Where the time of Berth's operations goes, by what its functions print of each step and of each call to an engine. */
final class Steps implements Consumer<String> {
    private static final String OPERATION = "the operation";

    private final Map<String, Map<String, List<Long>>> millis = new ConcurrentHashMap<>();

    /** Also of what is no operation on a game. */
    private final LongAdder engineCalls = new LongAdder();

    @Override
    public void accept(String line) {
        int begin = line.indexOf('{');
        if (begin < 0) {
            return;
        }
        try {
            ObjectNode told = Json.parse(line.substring(begin));
            engineCalls.add(
                    told.path("docker").size() + told.path("docker_more").asInt());
            if (told.has("op_kind") && told.has("millis")) {
                String step = told.path("step").asText(OPERATION);
                note(told, step, told);
                told.path("docker")
                        .forEach(call ->
                                note(told, step + ": " + call.path("call").asText(), call));
            }
        } catch (OperationFailed other) {
            // A line of something else.
        }
    }

    /** What is behind is forgotten: from here on it counts. */
    void clear() {
        millis.clear();
        engineCalls.reset();
    }

    /** How often an engine was called, by what was printed of rounds and operations. */
    long engineCalls() {
        return engineCalls.sum();
    }

    /** The parts of one kind of operation, in the order in which they end. */
    synchronized List<ObjectNode> of(String kind) {
        List<ObjectNode> rows = new ArrayList<>();
        millis.getOrDefault(kind, Map.of()).forEach((part, all) -> {
            List<Long> sorted = all.stream().sorted().toList();
            if (!part.startsWith(OPERATION + ":")) {
                rows.add(Json.object()
                        .put("part of a " + kind, part)
                        .put("p50 ms", sorted.get(sorted.size() / 2))
                        .put("times", sorted.size()));
            }
        });
        return rows;
    }

    private synchronized void note(JsonNode line, String part, JsonNode timed) {
        millis.computeIfAbsent(line.path("op_kind").asText(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(part, _ -> new ArrayList<>())
                .add(timed.path("millis").asLong());
    }
}
