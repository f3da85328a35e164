package dev.berth.port;

import dev.berth.model.GameId;
import dev.berth.model.OperationEntry;
import java.util.List;

/** The append-only operation log, as it is read. It is written by {@link Games#commit} alone. */
public interface OperationLog {
    /** @param hash as it was stored with the entry */
    record Stored(OperationEntry entry, String hash) {}

    /** Entries of a game in order, the first after {@code afterSeq}, at most {@code limit}. */
    List<Stored> read(GameId game, long afterSeq, int limit);
}
