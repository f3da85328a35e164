package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
                .containsSubsequence(
                        "begin",
                        "ready",
                        "start",
                        "step",
                        "result",
                        "answer",
                        "record",
                        "stop",
                        "step",
                        "result",
                        "record",
                        "stopped",
                        "entry",
                        "entry",
                        "verified",
                        "cleaned",
                        "done")
                .doesNotContain("failed");
        assertThat(lines).allMatch(line -> line.path("elapsed_ms").isNumber());
        assertThat(one(lines, "answer").path("body").asText()).isEqualTo("demo game 1.0.0");
        assertThat(one(lines, "verified").path("entries").asInt()).isEqualTo(2);
        assertThat(Path.of(one(lines, "begin").path("dir").asText())).doesNotExist();
    }

    @Test
    void failsWhereItCannotEvenBegin() throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(folder, "demo", "--dir", "/dev/null/nowhere");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).contains("FAILED").contains("/dev/null/nowhere");
    }

    private static ObjectNode one(List<ObjectNode> lines, String event) {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals(event))
                .findFirst()
                .orElseThrow();
    }
}
