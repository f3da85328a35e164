package dev.berth.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {
    @TempDir
    private Path folder;

    @Test
    void showsTheWholeMainJobAndCleansUp() throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(folder, "demo", "--json");

        assertThat(told.exitCode()).as(told.toString()).isZero();
        List<ObjectNode> lines = Launched.jsonLines(told.out()).toList();
        assertThat(lines)
                .extracting(line -> line.path("event").asText())
                .containsSubsequence("begin", "ready", "start", "step", "result", "record", "answer", "engine")
                .containsSubsequence("restart", "step", "result", "record", "answer", "engine", "replaced")
                .containsSubsequence("patch", "step", "result", "record", "answer", "engine", "replaced")
                .containsSubsequence("patch", "step", "result", "record", "answer", "engine", "kept")
                .containsSubsequence("stop", "step", "result", "record", "engine", "stopped")
                .containsSubsequence("entry", "verified", "cleaned", "done")
                .doesNotContain("failed");
        assertThat(lines).allMatch(line -> line.path("elapsed_ms").isNumber());
        assertThat(Path.of(lines.getFirst().path("dir").asText())).doesNotExist();
        assertThat(texts(lines, "answer", "body"))
                .containsExactly("demo game 1.0.0", "demo game 1.0.0", "demo game 1.0.1", "demo game 1.0.1");
        assertThat(texts(lines, "answer", "url"))
                .hasSize(4)
                .containsOnly(texts(lines, "answer", "url").getFirst());
        assertThat(texts(lines, "engine", "container_id").stream().distinct()).hasSize(3);
        assertThat(texts(lines, "result", "effect"))
                .containsExactly("changed", "changed", "changed", "rolled_back", "changed");
        assertThat(texts(lines, "entry", "op_kind").stream().collect(groupingBy(kind -> kind, counting())))
                .isEqualTo(Map.of("start", 3L, "stop", 4L, "restart", 1L, "patch", 2L));
        assertThat(texts(lines, "verified", "entries")).containsExactly("10");
    }

    @Test
    void failsWhereItCannotEvenBegin() throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(folder, "demo", "--dir", "/dev/null/nowhere");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).contains("FAILED").contains("/dev/null/nowhere");
    }

    /** What the lines of one event say of themselves. */
    private static List<String> texts(List<ObjectNode> lines, String event, String field) {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals(event))
                .map(line -> line.path(field).asText())
                .toList();
    }
}
