package dev.berth.port;

import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import java.util.List;
import java.util.Optional;

/**
 * The append-only operation log, as it is read: the newest entries of each game; older ones are in the
 * {@link LogArchive}. It is written by {@link Games#commit} alone.
 */
public interface OperationLog {
    /** Entries of a game in order, the first after {@code afterSeq}, at most {@code limit}. */
    List<LoggedEntry> read(GameId game, long afterSeq, int limit);

    /**
     * One entry. Whoever knows that it was committed finds it, while {@link #read} and {@link #newest} may be late by a
     * moment.
     */
    Optional<LoggedEntry> find(Key key);

    /** The end of a game's log as the entries have it; {@link LogHead#EMPTY} where there is none. */
    LogHead newest(GameId game);

    /** Where an operation has left entries, at most that many; perhaps as it was a moment ago. */
    List<Key> ofOperation(OpId op, int limit);

    /**
     * The entries of all games in no particular order, a page at a time. It reads the whole table.
     *
     * @param after where the page before ended; from the beginning where empty
     * @param limit of entries in a page
     */
    Page all(Optional<Key> after, int limit);

    /** Where an entry is. */
    record Key(GameId game, long seq) {}

    /** @param next where the next page begins; empty if this is the last */
    record Page(List<LoggedEntry> entries, Optional<Key> next) {}
}
