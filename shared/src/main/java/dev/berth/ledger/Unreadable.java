package dev.berth.ledger;

import java.util.List;

/**
 * Entries that this version of Berth cannot read: of an unknown kind or version.
 *
 * @param count how many there are, from the first entry of the log on
 * @param met how many of them were met this time
 * @param first the first few of those, and why each cannot be read
 */
public record Unreadable(long count, long met, List<BadEntry> first) {

    /** How many are told of. */
    static final int TOLD = 5;

    public Unreadable {
        first = List.copyOf(first);
    }
}
