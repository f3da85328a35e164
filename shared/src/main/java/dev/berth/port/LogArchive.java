package dev.berth.port;

import dev.berth.model.GameId;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Segment;
import java.util.List;
import java.util.Optional;

/**
 * Where old entries of the operation log are kept, in segments. A segment is part of the archive once it is declared;
 * nothing that was written there is ever changed.
 */
public interface LogArchive {
    /**
     * A game's segments in order, those that end after {@code afterSeq}, at most {@code limit}. A declaration that cannot
     * be read, or does not fit its place, ends the list before it.
     *
     * @throws OperationFailed {@code log_corrupt} if the list would begin with such a one; the text names it
     */
    List<Segment> segments(GameId game, long afterSeq, int limit);

    /** What is kept of a segment, as far as it can be read. */
    Kept read(Segment segment);

    /**
     * What could be read of a segment, in order.
     *
     * @param damage what is wrong with the rest; empty if the segment is what it was declared to be
     */
    record Kept(List<LoggedEntry> entries, Optional<String> damage) {
        public Kept {
            entries = List.copyOf(entries);
        }
    }

    /** Keeps the entries of a segment that is to be declared; nothing happens if there are some already. */
    void keepEntries(Segment segment, List<LoggedEntry> entries);

    /** From now on the segment is part of the archive; nothing happens if it is already. */
    void declare(Segment segment);
}
