package dev.berth.ledger;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Segment;
import dev.berth.port.LogArchive;
import dev.berth.port.LogArchive.Kept;
import dev.berth.port.OperationLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One way through a game's log: what the archive has, and then what the table has.
 *
 * <p>Where the next entry is in neither, the archive is listed once more: an archiver has perhaps moved it there since.
 * An entry leaves the table only when it is in the archive, so what is not there then is missing.
 */
final class Reading implements Iterator<Found> {
    /** How many segments are listed at once: enough for a long log, few for a short one. */
    private static final int SEGMENTS = 100;

    private final OperationLog log;
    private final LogArchive archive;
    private final GameId game;
    private final Deque<Found> ready = new ArrayDeque<>();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Deque<LoggedEntry> rows = new ArrayDeque<>();

    /** Up to here everything was given out, or is missing. */
    private long last;

    private boolean segmentsEnded;
    private boolean rowsEnded;
    private long lookedAgainAt = -1;

    Reading(OperationLog log, LogArchive archive, GameId game, long afterSeq) {
        this.log = log;
        this.archive = archive;
        this.game = game;
        this.last = afterSeq;
    }

    @Override
    public boolean hasNext() {
        boolean more = true;
        while (ready.isEmpty() && more) {
            more = advance();
        }
        return !ready.isEmpty();
    }

    @Override
    public Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log has ended");
        }
        return ready.remove();
    }

    /** @return whether there may be more */
    private boolean advance() {
        Optional<Segment> segment = nextSegment();
        if (segment.filter(each -> each.firstSeq() <= last + 1).isPresent()) {
            giveOut(segments.remove());
            return true;
        }
        Optional<LoggedEntry> row = nextRow();
        if (row.filter(each -> each.seq() == last + 1).isPresent()) {
            ready.add(new Found.Entry(rows.remove(), false));
            last++;
            return true;
        }
        if (segment.isEmpty() && row.isEmpty()) {
            return false;
        }
        if (lookedAgainAt < last) {
            lookedAgainAt = last;
            segments.clear();
            segmentsEnded = false;
            return true;
        }
        last = Math.min(
                        segment.map(Segment::firstSeq).orElse(Long.MAX_VALUE),
                        row.map(LoggedEntry::seq).orElse(Long.MAX_VALUE))
                - 1;
        return true;
    }

    private Optional<Segment> nextSegment() {
        segments.removeIf(segment -> segment.lastSeq() <= last);
        if (segments.isEmpty() && !segmentsEnded) {
            segments.addAll(listed());
            segmentsEnded = segments.isEmpty();
        }
        return Optional.ofNullable(segments.peek());
    }

    private List<Segment> listed() {
        try {
            return archive.segments(game, last, SEGMENTS);
        } catch (OperationFailed failure) {
            if (failure.code() != ErrorCode.LOG_CORRUPT) {
                throw failure;
            }
            ready.add(new Found.Unlisted(last + 1, failure.text()));
            return List.of();
        }
    }

    private Optional<LoggedEntry> nextRow() {
        while (!rows.isEmpty() && rows.element().seq() <= last) {
            rows.remove();
        }
        if (rows.isEmpty() && !rowsEnded) {
            List<LoggedEntry> page = log.read(game, last, Limits.LOG_PAGE);
            rowsEnded = page.size() < Limits.LOG_PAGE;
            rows.addAll(page);
        }
        return Optional.ofNullable(rows.peek());
    }

    private void giveOut(Segment segment) {
        Kept kept = archive.read(segment);
        boolean begun = segment.firstSeq() <= last;
        kept.entries().stream()
                .filter(entry -> !begun || entry.seq() > last)
                .forEach(entry -> ready.add(new Found.Entry(entry, true)));
        ready.add(new Found.SegmentEnd(segment, kept.damage()));
        last = segment.lastSeq();
    }
}
