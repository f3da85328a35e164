package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.port.LogPruning;
import dev.berth.port.OperationLog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operation log in a {@link StoreModel}. */
record ModelLog(StoreModel store) implements OperationLog, LogPruning {
    @Override
    public List<LoggedEntry> read(GameId game, long afterSeq, int limit) {
        return rows(game).filter(row -> row.seq() > afterSeq).limit(limit).toList();
    }

    @Override
    public Optional<LoggedEntry> find(Key key) {
        return rows(key.game()).filter(row -> row.seq() == key.seq()).findFirst();
    }

    @Override
    public LogHead newest(GameId game) {
        return row(game).map(GameRow::endOfLog).orElse(LogHead.EMPTY);
    }

    @Override
    public List<Key> ofOperation(OpId op, int limit) {
        return all().filter(row ->
                        row.entry().filter(entry -> entry.op().equals(op)).isPresent())
                .limit(limit)
                .map(ModelLog::key)
                .toList();
    }

    @Override
    public Page all(Optional<Key> after, int limit) {
        List<LoggedEntry> rest = after.map(key ->
                        all().dropWhile(row -> !key(row).equals(key)).skip(1).toList())
                .orElseGet(() -> all().toList());
        List<LoggedEntry> page = rest.stream().limit(limit).toList();
        return new Page(page, rest.size() > limit ? Optional.of(key(page.getLast())) : Optional.empty());
    }

    @Override
    public void remove(GameId game, List<LoggedEntry> entries) {
        row(game)
                .ifPresent(known -> entries.stream()
                        .filter(entry -> rows(game)
                                .anyMatch(row ->
                                        row.seq() == entry.seq() && row.hash().equals(entry.hash())))
                        .toList()
                        .forEach(entry -> known.changedRows.put(entry.seq(), Optional.empty())));
    }

    private Optional<GameRow> row(GameId game) {
        return Optional.ofNullable(store.games().get(game));
    }

    private Stream<LoggedEntry> rows(GameId game) {
        return row(game).stream().flatMap(row -> row.log.stream().flatMap(entry -> row.row(entry).stream()));
    }

    private Stream<LoggedEntry> all() {
        return store.games().keySet().stream().flatMap(this::rows);
    }

    private static Key key(LoggedEntry entry) {
        return new Key(entry.game(), entry.seq());
    }
}
