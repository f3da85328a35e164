package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was measured, as tables in Markdown, or as one JSON object a line. */
record Report(boolean json) {

    /**
     * Prints rows under a title; each has its own fields, and in a table those that others have are left empty.
     *
     * @param rows numbers and texts by the names of their columns
     */
    void table(String title, List<ObjectNode> rows) {
        if (json) {
            rows.forEach(row -> System.out.println(
                    Json.write(Json.object().put("measured", title).setAll(row))));
            return;
        }
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        System.out.println("\n" + title + "\n");
        print(columns);
        print(columns.stream().map(_ -> "---").toList());
        rows.forEach(row ->
                print(columns.stream().map(column -> text(row.path(column))).toList()));
    }

    /** Something about the run, for a person. */
    void say(String line) {
        if (!json) {
            System.out.println(line);
        }
    }

    /** A row for each of them; the first is what the others are held against. */
    static List<ObjectNode> compared(String what, Map<String, Samples> all) {
        double first = all.values().iterator().next().p50();
        List<ObjectNode> rows = new ArrayList<>();
        all.forEach((name, samples) -> rows.add(Json.object()
                .put(what, name)
                .put("p50 ms", rounded(samples.p50(), 10))
                .put("p95 ms", rounded(samples.p95(), 10))
                .put("of the first", rounded(samples.p50() / first, 100))
                .put("times", samples.all().size())));
        return rows;
    }

    static double rounded(double value, double parts) {
        return Math.round(value * parts) / parts;
    }

    private static void print(Iterable<String> cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String text(JsonNode cell) {
        if (cell.isIntegralNumber()) {
            return String.format(Locale.ROOT, "%,d", cell.asLong());
        }
        return cell.asText();
    }
}
