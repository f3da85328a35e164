package dev.berth.docker;

import java.util.Optional;

/**
 * What a host and we prove ourselves to each other with, as PEM texts.
 *
 * @param ca one authority, or the current and the next one: the host's certificate may be of any of them
 * @param current our certificate with its key
 * @param next the one that is going to take its place, while not every host accepts it yet
 */
record TlsMaterial(String ca, Pair current, Optional<Pair> next) {

    /**
     * A certificate, perhaps with its chain, and its key.
     *
     * @param name which one it is, for a text
     */
    record Pair(String name, String certificate, String key) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public String toString() {
        return "TLS material";
    }
}
