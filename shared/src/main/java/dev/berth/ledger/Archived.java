package dev.berth.ledger;

import java.util.Optional;

/**
 * What has moved from the table to the archive.
 *
 * @param segments how many have left the table
 * @param entries how many entries were in them
 * @param bytes of those entries, before they are compressed
 * @param bad why no more has: an entry that is not in order in the table, in the archive, or here not as there
 */
public record Archived(long segments, long entries, long bytes, Optional<BadEntry> bad) {
    public static final Archived NOTHING = new Archived(0, 0, 0, Optional.empty());
}
