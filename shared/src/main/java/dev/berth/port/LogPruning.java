package dev.berth.port;

import dev.berth.model.GameId;
import dev.berth.model.LoggedEntry;
import java.util.List;

/** Takes entries out of the operation log's table that are kept elsewhere. Nobody but the archiver may do so. */
public interface LogPruning {
    /** Removes entries of a game, each only if it still has that hash; those that are gone already do no harm. */
    void remove(GameId game, List<LoggedEntry> entries);
}
