package dev.berth.ledger;

import dev.berth.model.GameId;
import dev.berth.model.OperationEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fold of a game's entries gives its record: each change replaces the record as a whole. It begins at the last
 * segment of the archive that ends early enough, and reads what is new since.
 */
public final class Replay {
    private final Ledger ledger;

    public Replay(Ledger ledger) {
        this.ledger = ledger;
    }

    /** As it is after the last entry. */
    public Replayed end(GameId game) {
        return at(game, Long.MAX_VALUE);
    }

    /** As it was after that entry, or after the last one if there are fewer. */
    public Replayed at(GameId game, long seq) {
        Walk walk = Walk.from(game, ledger.checkpoint(game, seq));
        ledger.read(game, walk.head().seq())
                .takeWhile(found -> found.seq() <= seq)
                .forEach(walk);
        return new Replayed(
                walk.head().seq(), walk.state(), walk.uncertainSince(), walk.unreadable(), walk.read(), walk.bad());
    }

    /**
     * As it was at that time, after the last entry that was finished by then.
     *
     * <p>Entries are finished in their order; where clocks differed, an entry counts from when one before it was
     * finished.
     */
    public Replayed at(GameId game, Instant time) {
        long finished = 0;
        long open = ledger.end(game) + 1;
        while (open - finished > 1) {
            long middle = finished + (open - finished) / 2;
            if (finishedAt(game, middle).filter(at -> !at.isAfter(time)).isPresent()) {
                finished = middle;
            } else {
                open = middle;
            }
        }
        return at(game, finished);
    }

    /** Of an entry that tells it, that one or the first after it. */
    private Optional<Instant> finishedAt(GameId game, long seq) {
        return ledger.entry(game, seq)
                .flatMap(entry -> entry.entry().map(OperationEntry::finishedAt))
                .or(() -> ledger.read(game, seq)
                        .flatMap(Replay::known)
                        .map(OperationEntry::finishedAt)
                        .findFirst());
    }

    private static Stream<OperationEntry> known(Found found) {
        return switch (found) {
            case Found.Entry(var entry, boolean _) -> entry.entry().stream();
            case Found.Unlisted _, Found.SegmentEnd _ -> Stream.empty();
        };
    }
}
