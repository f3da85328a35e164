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

/** The environment of a game's container: the spec's values, with the secrets that they name. */
final class GameEnv {
    private static final int SHORTEST_SECRET = 4;
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
     * The text without the values of the environment, each line of each: a program may print a part of one. The
     * shortest ones stay, for they are no secrets and stand in every text.
     */
    static String masked(String text, RuntimeSpec spec, Secrets secrets) {
        // A value may be a part of another one.
        List<String> longestFirst = of(spec, secrets).values().stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_SECRET)
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
