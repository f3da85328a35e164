package dev.berth.ledger;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Segment;
import dev.berth.port.LogArchive;
import dev.berth.port.OperationLog;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The logs of games as a whole, whether their entries are in the archive or in the table. */
public final class Ledger {
    private final OperationLog log;
    private final LogArchive archive;

    public Ledger(OperationLog log, LogArchive archive) {
        this.log = log;
        this.archive = archive;
    }

    /**
     * A game's log in order, read as it is asked for: a page of the table or a segment of the archive at a time, so that
     * it may be as long as it likes. Operations and archivers may be at work meanwhile.
     *
     * @param afterSeq the entry after which it begins; 0 for all
     */
    public Stream<Found> read(GameId game, long afterSeq) {
        Reading reading = new Reading(log, archive, game, afterSeq);
        int is = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(reading, is), false);
    }

    /** One entry. What has left the table is in the archive, so that is looked at second. */
    public Optional<LoggedEntry> entry(GameId game, long seq) {
        return log.find(new OperationLog.Key(game, seq))
                .or(() -> archive.segments(game, seq - 1, 1).stream()
                        .filter(segment -> segment.firstSeq() <= seq)
                        .flatMap(segment -> archive.read(segment).entries().stream())
                        .filter(entry -> entry.seq() == seq)
                        .findFirst());
    }

    /** The last segment that ends at that entry or before it: nobody who trusts it needs to read what it covers. */
    public Optional<Segment> checkpoint(GameId game, long upTo) {
        // What comes before the table's first entry is archived: the search begins where the archive may end.
        long pruned = first(game).map(row -> row.seq() - 1).orElse(0L);
        long begin = Math.min(pruned, upTo) / Limits.SEGMENT * Limits.SEGMENT;
        Optional<Segment> last = Optional.empty();
        Optional<Segment> next = next(game, Math.max(0, begin - 1));
        while (next.filter(segment -> segment.lastSeq() <= upTo).isPresent()) {
            last = next;
            next = next(game, next.get().lastSeq());
        }
        return last;
    }

    /** One that cannot be read is none that could be trusted; whoever reads on will meet it. */
    private Optional<Segment> next(GameId game, long afterSeq) {
        try {
            return archive.segments(game, afterSeq, 1).stream().findFirst();
        } catch (OperationFailed failure) {
            if (failure.code() != ErrorCode.LOG_CORRUPT) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /** The last entry that there is; 0 where there is none. */
    long end(GameId game) {
        long inTable = log.newest(game).seq();
        return inTable > 0
                ? inTable
                : checkpoint(game, Long.MAX_VALUE).map(Segment::lastSeq).orElse(0L);
    }

    /** The first entry that is still in the table. */
    Optional<LoggedEntry> first(GameId game) {
        return log.read(game, 0, 1).stream().findFirst();
    }
}
