package dev.berth.ledger;

import dev.berth.model.LogHead;
import java.util.List;
import java.util.Optional;

/**
 * Whether a game's operation log is whole: every entry's hash is that of its content, every entry is chained to the one
 * before, the last one is the head that the game knows, the archive is what was declared, and the game's record is what
 * the entries say.
 *
 * @param head what the game knows of the log's end
 * @param entries how many are in order, from the first of the log
 * @param read how many were read to tell that
 * @param archived how many of those came from the archive
 * @param unreadable those of an unknown kind or version; their hashes are right all the same
 * @param firstBad the first entry that is not in order
 * @param differing the fields of the game's record that are not what the entries say, by their names on the wire
 */
public record Verification(
        LogHead head,
        long entries,
        long read,
        long archived,
        Unreadable unreadable,
        Optional<BadEntry> firstBad,
        List<String> differing) {
    public Verification {
        differing = List.copyOf(differing);
    }

    public boolean holds() {
        return firstBad.isEmpty() && differing.isEmpty();
    }

    /** What is wrong, for people; empty if nothing is. */
    public Optional<String> problem() {
        return firstBad.map(BadEntry::toString)
                .or(() -> differing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("the record is not what the entries say: " + String.join(", ", differing)));
    }
}
