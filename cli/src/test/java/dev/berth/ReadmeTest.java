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
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README and the pages in docs/ say what is true: their tables are printed from the code, and what they name is there. */
final class ReadmeTest {
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

    /** All of it, one page after the other. */
    private static String read() {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted())
                    .map(ReadmeTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void leadsToPagesAndSectionsThatAreThere() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                    .forEach(page -> Pattern.compile("]\\(([\\w./-]*)(?:#([\\w-]+))?\\)")
                            .matcher(text(page))
                            .results()
                            .forEach(link -> {
                                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                                assertThat(target)
                                        .as(page + " leads to " + link.group())
                                        .exists();
                                if (link.group(2) != null) {
                                    assertThat(sections(text(target)))
                                            .as(link.group())
                                            .contains(link.group(2));
                                }
                            }));
        }
    }

    /** As GitHub names them. */
    private static List<String> sections(String page) {
        return page.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
