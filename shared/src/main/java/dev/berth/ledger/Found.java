package dev.berth.ledger;

import dev.berth.model.LoggedEntry;
import dev.berth.model.Segment;
import java.util.Optional;

/** What is met on the way through a game's log, in its order. Whether it fits together is for the reader to judge. */
public sealed interface Found {
    /** The entry that it is, or the last one that it is about. */
    long seq();

    /** @param archived whether it was read from the archive */
    record Entry(LoggedEntry entry, boolean archived) implements Found {
        @Override
        public long seq() {
            return entry.seq();
        }
    }

    /**
     * What the archive has from here on cannot be told.
     *
     * @param seq the next entry
     */
    record Unlisted(long seq, String why) implements Found {}

    /**
     * A segment of the archive ends: all of it that can be read has come before.
     *
     * @param damage what is wrong with the rest
     */
    record SegmentEnd(Segment segment, Optional<String> damage) implements Found {
        @Override
        public long seq() {
            return segment.lastSeq();
        }
    }
}
