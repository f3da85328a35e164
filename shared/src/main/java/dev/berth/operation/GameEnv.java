package dev.berth.operation;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.SecretRef;
import dev.berth.port.Secrets;
import dev.berth.wire.SecretValues;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The environment of a game's container: the spec's values, with the secrets that they name. */
final class GameEnv {
    private static final int SHORTEST_SECRET = 4;

    /** Of a command: longer than the names of most programs and options, whose errors speak of them. */
    private static final int SHORTEST_WORD = 8;

    private static final String MASK = "***";

    private GameEnv() {}

    /** @throws OperationFailed {@code invalid_request} that names the variable whose secret is not there */
    static Map<String, String> of(RuntimeSpec spec, Secrets secrets) {
        Map<String, String> env = new LinkedHashMap<>();
        spec.env()
                .forEach((name, value) -> env.put(
                        name,
                        SecretRef.of(value).map(ref -> read(name, ref, secrets)).orElse(value)));
        return env;
    }

    private static String read(String variable, SecretRef ref, Secrets secrets) {
        return secrets.find(ref.name())
                .flatMap(text -> SecretValues.find(ref, text))
                .orElseThrow(() -> new OperationFailed(
                        ErrorCode.INVALID_REQUEST, "spec.env." + variable + " names a secret that is not there"));
    }

    /**
     * The text without what the spec gives to the container: the values of its environment, and the words of its commands,
     * each line of each, for a program may print a part of one. The shortest ones stay, for they are no secrets and stand
     * in every text.
     */
    static String masked(String text, RuntimeSpec spec, Secrets secrets) {
        Stream<String> values = of(spec, secrets).values().stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_SECRET);
        Stream<String> words = Stream.concat(
                        spec.command().stream(), spec.health().stream().flatMap(health -> health.command().stream()))
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_WORD);
        // A value may be a part of another one.
        List<String> longestFirst = Stream.concat(values, words)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        String masked = text;
        for (String line : longestFirst) {
            masked = masked.replace(line, MASK);
        }
        return masked;
    }
}
