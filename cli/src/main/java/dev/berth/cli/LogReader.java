package dev.berth.cli;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.OperationFailed;
import dev.berth.port.Game;
import dev.berth.port.OperationLog.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and verifies a game's operation log, however long it is. */
record LogReader(Stack stack) {
    private static final int PAGE = 500;

    List<Stored> read(GameId game) {
        return after(game, 0);
    }

    /** Verifies the log as it is at the moment; operations may go on meanwhile. */
    LogVerification verify(GameId game) {
        List<Stored> entries = new ArrayList<>();
        try {
            entries.addAll(after(game, 0));
            // The head is read after them: what it tells of and they lack was committed in between.
            LogHead head = stack.games().find(game).map(Game::head).orElse(LogHead.EMPTY);
            long seen = entries.isEmpty() ? 0 : entries.getLast().entry().seq();
            after(game, seen).stream()
                    .filter(stored -> stored.entry().seq() <= head.seq())
                    .forEach(entries::add);
            return LogVerification.of(game, entries, head);
        } catch (OperationFailed unreadable) {
            if (unreadable.code() != ErrorCode.INVALID_REQUEST) {
                throw unreadable;
            }
            return firstUnreadable(game);
        }
    }

    private List<Stored> after(GameId game, long seq) {
        List<Stored> all = new ArrayList<>();
        List<Stored> page = stack.log().read(game, seq, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = stack.log().read(game, page.getLast().entry().seq(), PAGE);
        }
        return all;
    }

    private LogVerification firstUnreadable(GameId game) {
        long seq = 0;
        try {
            while (true) {
                List<Stored> next = stack.log().read(game, seq, 1);
                if (next.isEmpty()) {
                    throw CommandFailed.failed("the log of " + game + " changes while it is read: try again");
                }
                seq = next.getFirst().entry().seq();
            }
        } catch (OperationFailed unreadable) {
            return new LogVerification(
                    seq, Optional.of(new LogVerification.Problem(seq + 1, "is no entry: " + unreadable.text())));
        }
    }
}
