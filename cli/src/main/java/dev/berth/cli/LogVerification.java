package dev.berth.cli;

import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.port.OperationLog.Stored;
import dev.berth.wire.EntryJson;
import java.util.List;
import java.util.Optional;

/**
 * Whether a game's operation log is whole: every entry's hash is that of its content, every entry is chained to the one before, and
 * the last one is the head that the game knows.
 *
 * @param entries how many are in order, from the first
 * @param problem the first that is not
 */
record LogVerification(long entries, Optional<Problem> problem) {
    /** What is wrong with which entry. */
    record Problem(long seq, String text) {}

    boolean holds() {
        return problem.isEmpty();
    }

    static LogVerification of(GameId game, List<Stored> entries, LogHead head) {
        LogHead last = LogHead.EMPTY;
        for (Stored stored : entries) {
            Optional<String> wrong = wrong(game, stored, last);
            if (wrong.isPresent()) {
                return broken(last, wrong.get());
            }
            last = new LogHead(last.seq() + 1, stored.hash());
        }
        if (last.seq() < head.seq()) {
            return broken(last, "is missing: the game's head is entry " + head.seq());
        }
        if (last.seq() > head.seq()) {
            return broken(new LogHead(head.seq(), head.hash()), "lies beyond the game's head");
        }
        if (!last.hash().equals(head.hash())) {
            return broken(new LogHead(last.seq() - 1, ""), "is not the one that the game's head tells of");
        }
        return new LogVerification(last.seq(), Optional.empty());
    }

    private static Optional<String> wrong(GameId game, Stored stored, LogHead before) {
        long seq = stored.entry().seq();
        if (seq > before.seq() + 1) {
            return Optional.of("is missing: entry " + seq + " comes next");
        }
        if (seq <= before.seq() || !stored.entry().game().equals(game)) {
            return Optional.of("is in the place of another: it says entry " + seq + " of "
                    + stored.entry().game());
        }
        if (!stored.entry().prevHash().equals(before.hash())) {
            return Optional.of("is not chained to the entry before");
        }
        if (!EntryJson.hash(stored.entry()).equals(stored.hash())) {
            return Optional.of("is not what was written: its hash is another one");
        }
        return Optional.empty();
    }

    private static LogVerification broken(LogHead last, String text) {
        return new LogVerification(last.seq(), Optional.of(new Problem(last.seq() + 1, text)));
    }
}
