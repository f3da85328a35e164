package dev.berth.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of cases in a file beside a test: a line for each, its cells between bars, and lines that begin with {@code #}
 * for people. In a cell {@code {text*n}} stands for the text n times.
 */
public final class Table {
    private static final Pattern REPEATED = Pattern.compile("\\{([^{}*]+)\\*([0-9]+)}");
    private static final Pattern CHARACTER = Pattern.compile("\\\\u([0-9a-f]{4})");

    private Table() {}

    /**
     * A case.
     *
     * @param line where it stands in the file, from 1
     */
    public record Row(int line, List<String> cells) {
        /** Of that column, from 0; empty where nothing stands. */
        public String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }

        /** The same, where a backslash, u and four digits stand for one character. */
        public String text(int column) {
            return CHARACTER
                    .matcher(cell(column))
                    .replaceAll(code ->
                            Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(code.group(1), 16))));
        }

        public Optional<String> find(int column) {
            return Optional.of(cell(column)).filter(cell -> !cell.isEmpty());
        }

        @Override
        public String toString() {
            String all = String.join(" | ", cells);
            return "line " + line + ": " + (all.length() > 100 ? all.substring(0, 100) + "..." : all);
        }
    }

    public static List<Row> read(Class<?> test, String file) {
        List<String> lines = lines(test, file);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                rows.add(new Row(i + 1, cells(lines.get(i))));
            }
        }
        return rows;
    }

    private static List<String> lines(Class<?> test, String file) {
        try (InputStream table = Objects.requireNonNull(test.getResourceAsStream(file))) {
            return new String(table.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1))
                .map(cell -> meant(cell.strip()))
                .toList();
    }

    private static String meant(String cell) {
        return REPEATED.matcher(cell)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1).repeat(Integer.parseInt(part.group(2)))));
    }
}
