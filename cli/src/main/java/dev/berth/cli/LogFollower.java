package dev.berth.cli;

import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LoggedEntry;
import dev.berth.port.Clock;
import dev.berth.port.OperationLog;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for what is added to a game's log. */
record LogFollower(OperationLog log, Clock clock) {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Hands over each entry as it comes, the first after {@code afterSeq}; goes on until the process ends. */
    void follow(GameId game, long afterSeq, Consumer<LoggedEntry> news) {
        long last = afterSeq;
        while (true) {
            for (LoggedEntry entry : log.read(game, last, Limits.LOG_PAGE)) {
                news.accept(entry);
                // A row that somebody has put between two entries must not be met for ever.
                last = Math.max(last + 1, entry.seq());
            }
            clock.pause(PAUSE);
        }
    }
}
