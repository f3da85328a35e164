package dev.berth.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What CloudWatch's specification of the embedded metric format says of a line. CloudWatch leaves out what does not
 * follow it, and says nothing.
 */
public final class EmfRules {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_DIMENSIONS = 30;
    private static final int MOST_METRICS = 100;
    private static final int LONGEST_NAME = 1024;
    private static final int LONGEST_DIMENSION = 250;
    private static final Set<String> UNITS = units();

    private EmfRules() {}

    private static Set<String> units() {
        List<String> sizes = List.of("Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes");
        List<String> bits = List.of("Bits", "Kilobits", "Megabits", "Gigabits", "Terabits");
        Set<String> units = new HashSet<>(
                List.of("Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"));
        Stream.concat(sizes.stream(), bits.stream()).forEach(unit -> units.addAll(List.of(unit, unit + "/Second")));
        return units;
    }

    /** @return the names of the line's metrics; none where it has no metadata and is an ordinary line */
    public static Set<String> check(String line) {
        assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(line).doesNotContain("\n");
        ObjectNode root = Json.parse(line);
        if (!root.has("_aws")) {
            return Set.of();
        }
        JsonNode about = root.path("_aws");
        assertThat(about.path("Timestamp").isIntegralNumber()).as(line).isTrue();
        assertThat(about.path("Timestamp").asLong()).isPositive();
        assertThat(about.path("CloudWatchMetrics").isArray()).as(line).isTrue();
        Set<String> metrics = new HashSet<>();
        about.path("CloudWatchMetrics").forEach(directive -> check(directive, root, metrics));
        return metrics;
    }

    private static void check(JsonNode directive, ObjectNode root, Set<String> metrics) {
        assertThat(directive.fieldNames()).toIterable().containsExactlyInAnyOrder("Namespace", "Dimensions", "Metrics");
        assertThat(directive.path("Namespace").asText()).hasSizeBetween(1, LONGEST_NAME);
        assertThat(directive.path("Dimensions")).isNotEmpty();
        directive.path("Dimensions").forEach(set -> checkDimensions(set, root));
        assertThat(directive.path("Metrics")).hasSizeBetween(1, MOST_METRICS);
        directive.path("Metrics").forEach(metric -> {
            checkMetric(metric, root);
            assertThat(metrics.add(metric.path("Name").asText()))
                    .as("twice in one line: " + metric)
                    .isTrue();
        });
    }

    private static void checkDimensions(JsonNode set, ObjectNode root) {
        assertThat(set.isArray()).as(root.toString()).isTrue();
        assertThat(set).hasSizeLessThanOrEqualTo(MOST_DIMENSIONS).doesNotHaveDuplicates();
        set.forEach(dimension -> {
            assertThat(dimension.asText()).hasSizeBetween(1, LONGEST_DIMENSION);
            JsonNode value = root.path(dimension.asText());
            assertThat(value.isTextual()).as(dimension + " of " + root).isTrue();
            assertThat(value.asText()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_NAME);
            assertThat(value.asText()).as("CloudWatch takes ASCII").matches("\\p{ASCII}+");
        });
    }

    private static void checkMetric(JsonNode metric, ObjectNode root) {
        assertThat(metric.fieldNames()).toIterable().containsExactlyInAnyOrder("Name", "Unit");
        assertThat(metric.path("Name").asText()).hasSizeBetween(1, LONGEST_NAME);
        assertThat(metric.path("Unit").asText()).isIn(UNITS);
        assertThat(root.path(metric.path("Name").asText()).isNumber())
                .as(metric + " of " + root)
                .isTrue();
    }
}
