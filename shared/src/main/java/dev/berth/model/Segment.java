package dev.berth.model;

import java.util.Optional;

/**
 * A stretch of a game's log that is kept in the archive, and the state of the game at its end, so that nobody needs to
 * read what comes before.
 *
 * @param prevHash what its first entry is chained to
 * @param lastHash the hash of its last entry
 * @param bytes of its lines, each of them ended by a line feed, before they are compressed
 * @param sha256 of those bytes, hex
 * @param state what the record was after the last entry; empty if there was none
 * @param unknown how many entries, from the first of the log on, could not be read when it was archived
 */
public record Segment(
        GameId game,
        long firstSeq,
        long lastSeq,
        String prevHash,
        String lastHash,
        long bytes,
        String sha256,
        Optional<RuntimeRecord> state,
        long unknown) {

    public Segment {
        if (firstSeq < 1 || lastSeq < firstSeq) {
            throw new IllegalArgumentException("first_seq must be 1 or more, and last_seq not before it");
        }
        if (lastSeq - firstSeq >= Limits.SEGMENT) {
            throw new IllegalArgumentException("last_seq must be less than " + Limits.SEGMENT + " after first_seq");
        }
        if (bytes < 0 || unknown < 0) {
            throw new IllegalArgumentException("bytes and unknown must not be negative");
        }
    }

    public long entries() {
        return lastSeq - firstSeq + 1;
    }

    /** The end of the log up to here. */
    public LogHead head() {
        return new LogHead(lastSeq, lastHash);
    }

    /** The end of the log before it. */
    public LogHead before() {
        return new LogHead(firstSeq - 1, prevHash);
    }
}
