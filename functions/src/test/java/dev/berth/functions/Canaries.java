package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets that nobody else has, each with the place where it was put; where one is met, it has got out. */
final class Canaries {
    private final Map<String, String> places = new ConcurrentHashMap<>();

    /** A text of 30 lower-case letters and digits. */
    String put(String place) {
        return put(place, "ca" + UUID.randomUUID().toString().replace("-", "").substring(4));
    }

    String put(String place, String secret) {
        places.put(secret, place);
        return secret;
    }

    int count() {
        return places.size();
    }

    /** The places of those that the text has, as they are or in base64. */
    List<String> in(String text) {
        return places.entrySet().stream()
                .filter(canary -> text.contains(canary.getKey()) || text.contains(base64(canary.getKey())))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
