package dev.berth.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.port.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics inside of a log line, in CloudWatch's embedded metric format: each value stands beside the other properties,
 * and {@code _aws} says which of them are metrics and by which they are told apart.
 */
final class EmbeddedMetrics {
    private static final String NAMESPACE = "Berth";

    private EmbeddedMetrics() {}

    /** @param line has the dimensions already, as texts */
    static void embed(ObjectNode line, Map<Metric, Long> metrics, Instant at) {
        if (metrics.isEmpty()) {
            return;
        }
        // What is told apart by the same properties shares a directive.
        Map<List<List<String>>, List<Metric>> directives = new LinkedHashMap<>();
        new TreeMap<>(metrics).forEach((metric, value) -> {
            line.put(metric.word(), value);
            directives
                    .computeIfAbsent(dimensions(metric, line), _ -> new ArrayList<>())
                    .add(metric);
        });
        ObjectNode about = line.putObject("_aws");
        about.put("Timestamp", at.toEpochMilli());
        ArrayNode list = about.putArray("CloudWatchMetrics");
        directives.forEach((dimensions, told) -> write(list.addObject(), dimensions, told));
    }

    private static List<List<String>> dimensions(Metric metric, ObjectNode line) {
        return metric.dimensions().stream()
                .filter(set -> set.stream().allMatch(line::has))
                .toList();
    }

    private static void write(ObjectNode directive, List<List<String>> dimensions, List<Metric> metrics) {
        directive.put("Namespace", NAMESPACE);
        ArrayNode sets = directive.putArray("Dimensions");
        dimensions.forEach(set -> set.forEach(sets.addArray()::add));
        ArrayNode list = directive.putArray("Metrics");
        metrics.forEach(metric -> list.addObject()
                .put("Name", metric.word())
                .put("Unit", metric.unit().toString()));
    }
}
