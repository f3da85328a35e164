package dev.berth.ledger;

import dev.berth.model.RuntimeRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a game's log says that its record was.
 *
 * @param seq of the last entry that was taken into account; 0 if there is none
 * @param record empty if there was none
 * @param uncertainSince the first entry that may have changed the record in a way that nobody can tell: it cannot be
 *     read, or is not in order; empty if the record is certain
 * @param unreadable up to that entry, from the first of the log on
 * @param read how many entries were read
 * @param firstBad the first that is not in order; what comes after it is taken as it stands
 */
public record Replayed(
        long seq,
        Optional<RuntimeRecord> record,
        Optional<Long> uncertainSince,
        Unreadable unreadable,
        long read,
        Optional<BadEntry> firstBad) {
    public boolean isCertain() {
        return uncertainSince.isEmpty();
    }

    /** The fields in which another record differs from this one, by their names on the wire. */
    public List<String> differing(Optional<RuntimeRecord> other) {
        return RecordDifference.of(record, other);
    }
}
