package dev.berth.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A word of a frozen vocabulary: an enum constant with the name it has on the wire. */
public interface WireName {
    /** The name on the wire, in snake_case. */
    String wire();

    /** The constant of that wire name, if the vocabulary has one. */
    static <E extends Enum<E> & WireName> Optional<E> find(Class<E> vocabulary, String wire) {
        return Arrays.stream(vocabulary.getEnumConstants())
                .filter(word -> word.wire().equals(wire))
                .findFirst();
    }

    /**
     * The constant of that wire name.
     *
     * @throws IllegalArgumentException that lists the vocabulary, if it has no such word
     */
    static <E extends Enum<E> & WireName> E parse(Class<E> vocabulary, String wire) {
        return find(vocabulary, wire)
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(vocabulary.getEnumConstants())
                                .map(WireName::wire)
                                .collect(Collectors.joining(", "))));
    }
}
