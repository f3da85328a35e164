package dev.berth.cli;

import dev.berth.ledger.Found;
import dev.berth.ledger.Ledger;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OperationEntry;
import dev.berth.port.OperationLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is to be shown of the operation log: the newest, oldest first.
 *
 * @param left how many older ones are left out
 */
record LogListing(List<Found> shown, long left) {
    private static final Comparator<Found> IN_A_GAME = Comparator.comparingLong(Found::seq)
            .thenComparing(found -> entry(found).isEmpty());

    /** Of one that cannot be read nobody knows the time: it counts as new, so that it is not left out. */
    private static final Comparator<Found> IN_TIME = Comparator.comparing((Found found) -> entry(found)
                    .flatMap(LoggedEntry::entry)
                    .map(OperationEntry::finishedAt)
                    .orElse(Instant.MAX))
            .thenComparing(
                    found -> entry(found).map(entry -> entry.game().value()).orElse(""))
            .thenComparing(IN_A_GAME);

    /** Of one game, through the archive; what cannot be read there is shown too. */
    static LogListing of(GameId game, OperationLog log, Ledger ledger, LogFilter filter, int limit) {
        long before = filter.isNone() ? Math.max(0, log.newest(game).seq() - limit) : 0;
        Newest newest = new Newest(IN_A_GAME, limit, before);
        ledger.read(game, before).filter(found -> shows(filter, found)).forEach(newest::add);
        return newest.listing();
    }

    /** Of one operation, wherever the index finds it. */
    static LogListing of(OpId op, OperationLog log, Ledger ledger, LogFilter filter, int limit) {
        Newest newest = new Newest(IN_TIME, limit, 0);
        log.ofOperation(op, limit).stream()
                .flatMap(key -> ledger.entry(key.game(), key.seq()).stream())
                .filter(filter::shows)
                .forEach(entry -> newest.add(new Found.Entry(entry, false)));
        return newest.listing();
    }

    /** Of all games, in order of time: what is in the table. */
    static LogListing ofAll(OperationLog log, LogFilter filter, int limit) {
        Newest newest = new Newest(IN_TIME, limit, 0);
        Optional<OperationLog.Key> next = Optional.empty();
        do {
            OperationLog.Page page = log.all(next, Limits.LOG_PAGE);
            page.entries().stream().filter(filter::shows).forEach(entry -> newest.add(new Found.Entry(entry, false)));
            next = page.next();
        } while (next.isPresent());
        return newest.listing();
    }

    private static boolean shows(LogFilter filter, Found found) {
        return switch (found) {
            case Found.Entry(LoggedEntry entry, boolean _) -> filter.shows(entry);
            case Found.SegmentEnd(var _, Optional<String> damage) -> damage.isPresent();
            case Found.Unlisted _ -> true;
        };
    }

    private static Optional<LoggedEntry> entry(Found found) {
        return switch (found) {
            case Found.Entry(LoggedEntry entry, boolean _) -> Optional.of(entry);
            case Found.SegmentEnd _, Found.Unlisted _ -> Optional.empty();
        };
    }

    /** Takes any number, and keeps so many of them. */
    private static final class Newest {
        private final PriorityQueue<Found> kept;
        private final Comparator<Found> order;
        private final int limit;
        private long left;

        Newest(Comparator<Found> order, int limit, long left) {
            this.kept = new PriorityQueue<>(order);
            this.order = order;
            this.limit = limit;
            this.left = left;
        }

        void add(Found found) {
            kept.add(found);
            if (kept.size() > limit) {
                kept.remove();
                left++;
            }
        }

        LogListing listing() {
            List<Found> sorted = new ArrayList<>(kept);
            sorted.sort(order);
            return new LogListing(sorted, left);
        }
    }
}
