package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.port.OperationLog;
import dev.berth.wire.EntryJson;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operation log in a {@link StoreModel}. */
record ModelLog(StoreModel store) implements OperationLog {
    @Override
    public List<Stored> read(GameId game, long afterSeq, int limit) {
        return Optional.ofNullable(store.games().get(game))
                .map(row -> row.log.stream())
                .orElseGet(Stream::of)
                .filter(entry -> entry.seq() > afterSeq)
                .limit(limit)
                .map(entry -> new Stored(entry, EntryJson.hash(entry)))
                .toList();
    }
}
