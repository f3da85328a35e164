package dev.berth.cli;

import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Segment;
import dev.berth.port.LogArchive;
import dev.berth.port.OperationLog;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Logs to look at. */
final class LogSamples {
    static final GameId GAME = new GameId("arena");

    private LogSamples() {}

    /** An entry that was finished so many seconds after {@link Samples#NOW}; every third is a failure. */
    static LoggedEntry entry(GameId game, long seq, String prevHash, long seconds) {
        boolean failed = seq % 3 == 0;
        JobId job = new JobId("job-" + seq);
        return EntryJson.logged(new OperationEntry(
                game,
                seq,
                OpId.of(job),
                job,
                seq % 2 == 1 ? OpKind.START : OpKind.STOP,
                seq % 2 == 1 ? OpSource.ADMIN_REST : OpSource.AUTO_TTL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Fence(seq),
                failed ? Outcome.FAILURE : Outcome.SUCCESS,
                Effect.CHANGED,
                failed
                        ? Optional.of(new Failure(ErrorCode.CONTAINER_START_FAILED, "it ended\nwith its last words"))
                        : Optional.empty(),
                Samples.NOW,
                Samples.NOW.plusSeconds(seconds),
                failed ? Optional.empty() : Optional.of(record(seq)),
                prevHash));
    }

    static RuntimeRecord record(long seq) {
        return Samples.runningOn("host-" + seq);
    }

    /** Entries 1 to so many, one a second. */
    static List<LoggedEntry> chain(GameId game, int length) {
        List<LoggedEntry> entries = new ArrayList<>();
        String before = LogHead.GENESIS;
        for (int seq = 1; seq <= length; seq++) {
            entries.add(entry(game, seq, before, seq));
            before = entries.getLast().hash();
        }
        return entries;
    }

    /** The same entry as a later version of Berth may write it. */
    static LoggedEntry ofLaterVersion(LoggedEntry entry) {
        return EntryJson.logged(Json.parse(entry.line()).put("version", 2));
    }

    /** A table that has these entries, and whatever is added to them. */
    record Table(List<LoggedEntry> entries) implements OperationLog {
        @Override
        public List<LoggedEntry> read(GameId game, long afterSeq, int limit) {
            return of(game).filter(entry -> entry.seq() > afterSeq).limit(limit).toList();
        }

        @Override
        public Optional<LoggedEntry> find(Key key) {
            return of(key.game()).filter(entry -> entry.seq() == key.seq()).findFirst();
        }

        @Override
        public LogHead newest(GameId game) {
            return of(game).reduce((_, later) -> later).map(LoggedEntry::head).orElse(LogHead.EMPTY);
        }

        @Override
        public List<Key> ofOperation(OpId op, int limit) {
            return entries.stream()
                    .filter(entry -> entry.line().contains(op.value()))
                    .limit(limit)
                    .map(Table::key)
                    .toList();
        }

        @Override
        public Page all(Optional<Key> after, int limit) {
            List<LoggedEntry> page = entries.stream()
                    .dropWhile(entry ->
                            after.filter(key -> !key.equals(key(entry))).isPresent())
                    .skip(after.isPresent() ? 1 : 0)
                    .limit(limit)
                    .toList();
            boolean last = page.isEmpty() || page.getLast().equals(entries.getLast());
            return new Page(page, last ? Optional.empty() : Optional.of(key(page.getLast())));
        }

        private Stream<LoggedEntry> of(GameId game) {
            return entries.stream().filter(entry -> entry.game().equals(game));
        }

        private static Key key(LoggedEntry entry) {
            return new Key(entry.game(), entry.seq());
        }
    }

    /** An archive of segments, each with what can be read of it. */
    record Archive(List<Segment> declared, List<Kept> kept) implements LogArchive {
        static final Archive EMPTY = new Archive(List.of(), List.of());

        @Override
        public List<Segment> segments(GameId game, long afterSeq, int limit) {
            return declared.stream()
                    .filter(segment -> segment.game().equals(game) && segment.lastSeq() > afterSeq)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Kept read(Segment segment) {
            return kept.get(declared.indexOf(segment));
        }

        @Override
        public void keepEntries(Segment segment, List<LoggedEntry> entries) {
            throw new UnsupportedOperationException("it is only read");
        }

        @Override
        public void declare(Segment segment) {
            throw new UnsupportedOperationException("it is only read");
        }
    }
}
