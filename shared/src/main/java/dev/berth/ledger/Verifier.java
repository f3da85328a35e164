package dev.berth.ledger;

import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.port.Game;
import dev.berth.port.Games;
import java.util.List;
import java.util.Optional;

/** Verifies the logs of games, while operations go on. */
public final class Verifier {
    private final Ledger ledger;
    private final Games games;

    public Verifier(Ledger ledger, Games games) {
        this.ledger = ledger;
        this.games = games;
    }

    /** From the first entry on, through the archive. */
    public Verification full(GameId game) {
        return verify(game, Walk.from(game, Optional.empty()));
    }

    /** What has come after the last segment of the archive, which is trusted. */
    public Verification sinceCheckpoint(GameId game) {
        return verify(game, Walk.from(game, ledger.checkpoint(game, Long.MAX_VALUE)));
    }

    private Verification verify(GameId game, Walk walk) {
        walk.whileInOrder(ledger.read(game, walk.head().seq()));
        // The game is read after the entries: what it knows of and they lack was committed in between.
        Optional<Game> known = games.find(game);
        LogHead head = known.map(Game::head).orElse(LogHead.EMPTY);
        if (walk.bad().isEmpty() && walk.head().seq() < head.seq()) {
            // A list of entries may be late by a moment; it is not any more once the last one was found.
            ledger.entry(game, head.seq());
            walk.whileInOrder(ledger.read(game, walk.head().seq()).takeWhile(found -> found.seq() <= head.seq()));
        }
        Optional<BadEntry> bad = walk.bad().or(() -> wrongEnd(game, walk.head(), head));
        boolean comparable = bad.isEmpty() && walk.uncertainSince().isEmpty();
        return new Verification(
                head,
                bad.map(first -> first.seq() - 1).orElse(head.seq()),
                walk.read(),
                walk.archived(),
                walk.unreadable(),
                bad,
                comparable ? RecordDifference.of(known.flatMap(Game::record), walk.state()) : List.of());
    }

    private Optional<BadEntry> wrongEnd(GameId game, LogHead end, LogHead head) {
        if (end.equals(head)) {
            return Optional.empty();
        }
        if (end.seq() < head.seq()) {
            return Optional.of(new BadEntry(end.seq() + 1, "is missing: the game's head is entry " + head.seq()));
        }
        boolean passed = end.seq() > head.seq() && isPartOf(game, head);
        return Optional.of(
                passed
                        ? new BadEntry(head.seq() + 1, "lies beyond the game's head")
                        : new BadEntry(head.seq(), "is not the one that the game's head tells of"));
    }

    private boolean isPartOf(GameId game, LogHead head) {
        return head.equals(LogHead.EMPTY)
                || ledger.entry(game, head.seq()).map(LoggedEntry::head).equals(Optional.of(head));
    }
}
