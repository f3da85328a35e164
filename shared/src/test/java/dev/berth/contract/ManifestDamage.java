package dev.berth.contract;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What somebody may do to the declaration of entries 3 to 4. */
record ManifestDamage(String name, UnaryOperator<String> change) {
    private static final Map<String, String> REPLACED = new TreeMap<>(Map.of(
            "\\{", "{\"version\":2,",
            "\"sha256\":\"[^\"]*\",", "",
            "\"sha256\":\"..", "\"sha256\":\"",
            "\"last_seq\":4", "\"last_seq\":\"4\"",
            "\"last_seq\":4,", "\"last_seq\":2,",
            "last_seq\":4,", "last_seq\":4000,",
            "st_seq\":4,", "st_seq\":5,",
            "\"game_id\":\"", "\"game_id\":\"x",
            "\"status\":\"[^\"]*\",", "",
            "\"bytes\":\\d+", "\"bytes\":1000000000000"));

    static Stream<ManifestDamage> all() {
        return Stream.concat(
                Stream.of(
                        new ManifestDamage("empty", _ -> ""),
                        new ManifestDamage("cut", json -> json.substring(0, json.length() / 2)),
                        new ManifestDamage("no object", _ -> "[]"),
                        new ManifestDamage("large", json -> json + " ".repeat(300_000))),
                REPLACED.entrySet().stream()
                        .map(each -> new ManifestDamage(
                                "with " + each.getValue() + " for " + each.getKey(),
                                json -> json.replaceFirst(each.getKey(), each.getValue()))));
    }

    String applied(String json) {
        return change.apply(json);
    }

    @Override
    public String toString() {
        return name;
    }
}
