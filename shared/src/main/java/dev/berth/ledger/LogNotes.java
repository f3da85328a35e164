package dev.berth.ledger;

import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeRecord;
import java.time.Instant;
import java.util.Optional;

/** What a game's item needs to know of its log, from the first entry to the last. */
final class LogNotes {
    private final GameId game;
    private final Walk walk;
    private long highestFence;
    private Optional<Instant> lastRequestedAt = Optional.empty();

    LogNotes(GameId game) {
        this.game = game;
        this.walk = Walk.from(game, Optional.empty());
    }

    /** @throws OperationFailed if there is no log, or none that could be relied on */
    void read(Ledger ledger) {
        walk.whileInOrder(ledger.read(game, 0).peek(this::note));
        walk.bad().ifPresent(bad -> {
            throw new OperationFailed(ErrorCode.LOG_CORRUPT, "the log is not in order: " + bad);
        });
        if (walk.head().equals(LogHead.EMPTY)) {
            throw new OperationFailed(ErrorCode.NOT_FOUND, "the game has no log");
        }
        walk.uncertainSince().ifPresent(seq -> {
            throw new OperationFailed(
                    ErrorCode.CONFLICT,
                    "entry " + seq + " cannot be read by this version, and may have changed the game");
        });
    }

    private void note(Found found) {
        switch (found) {
            case Found.Entry(LoggedEntry entry, boolean _) -> entry.entry().ifPresent(this::note);
            case Found.Unlisted _, Found.SegmentEnd _ -> {}
        }
    }

    private void note(OperationEntry entry) {
        highestFence = Math.max(highestFence, entry.fence().value());
        if (entry.outcome() == Outcome.SUCCESS
                && entry.effect() != Effect.OBSERVED
                && !entry.source().isByItself()) {
            lastRequestedAt = Optional.of(entry.startedAt());
        }
    }

    LogHead end() {
        return walk.head();
    }

    Optional<RuntimeRecord> state() {
        return walk.state();
    }

    long highestFence() {
        return highestFence;
    }

    /** As near as the log can tell it: when the newest request that was applied was begun. */
    Optional<Instant> lastRequestedAt() {
        return lastRequestedAt;
    }
}
