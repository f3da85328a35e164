package dev.berth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.OpKind;
import dev.berth.model.StartJob;
import dev.berth.port.Metric;
import dev.berth.wire.JobJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what is true: its tables are printed from the code, and what it names is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    private final String readme = read();

    @Test
    void listsTheErrorsAsTheCodeHasThem() {
        String table = Arrays.stream(ErrorCode.values())
                .map(code -> "| `" + code.wire() + "` | " + (code.retried() ? "yes" : "no") + " | " + code.meaning()
                        + " |\n")
                .collect(Collectors.joining("", "| code | retried | when |\n|---|---|---|\n", ""));
        assertThat(between("<!-- errors: printed from ErrorCode -->\n", "<!-- /errors -->"))
                .isEqualTo(table);
    }

    @Test
    void listsTheMetricsAsTheCodeHasThem() {
        String table = Arrays.stream(Metric.values())
                .map(metric -> "| `" + metric.word() + "` | " + metric.unit() + " | "
                        + metric.by().replaceAll("\\w+", "`$0`").replace("+", " + ") + " | " + metric.meaning()
                        + " |\n")
                .collect(Collectors.joining("", "| metric | unit | by | what |\n|---|---|---|---|\n", ""));
        assertThat(between("<!-- metrics: printed from Metric -->\n", "<!-- /metrics -->"))
                .isEqualTo(table);
    }

    @Test
    void namesOnlyClassesAndFilesThatAreThere() throws IOException {
        String sources;
        try (var files = Files.walk(ROOT)) {
            sources = files.map(file -> file.getFileName().toString()).collect(Collectors.joining("\n"));
        }
        List<String> named = Pattern.compile(
                        "`([A-Z][A-Za-z]+(?:Test|IT|Json|Host|Code|Wiring)|Execution|Limits|Wiring)`")
                .matcher(readme)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .toList();
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(sources).contains(name + ".java"));
    }

    @Test
    void showsAJobThatIsValid() {
        String message = between("```json\n", "```");
        assertThat(JobJson.read(OpKind.START, message, "message", Instant.EPOCH))
                .isInstanceOf(StartJob.class);
    }

    @Test
    void showsNoPlaceholder() {
        assertThat(readme).doesNotContain("DEMO_OUTPUT", "ERROR_TABLE", "TODO");
    }

    private String between(String start, String end) {
        int from = readme.indexOf(start) + start.length();
        return readme.substring(from, readme.indexOf(end, from));
    }

    private static String read() {
        try {
            return Files.readString(ROOT.resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
