package dev.berth.sim;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket. Each method is one request to it; what a request cannot do, a test does to the objects. */
final class BucketModel {
    private final NavigableMap<String, byte[]> objects = new TreeMap<>();

    /** Every object by its key. */
    NavigableMap<String, byte[]> objects() {
        return objects;
    }

    Optional<byte[]> get(String key) {
        return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
    }

    boolean putIfAbsent(String key, byte[] bytes) {
        return objects.putIfAbsent(key, bytes.clone()) == null;
    }

    /** In order, at most a thousand. */
    List<String> keys(String prefix, String after) {
        return objects.tailMap(after, false).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .limit(1000)
                .toList();
    }
}
