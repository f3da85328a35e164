package dev.berth.operation;

import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.RestartRule;
import dev.berth.model.RuntimeRecord;
import java.time.Instant;
import java.util.List;

/** Keeps count of the times that a game was started again because it had ended and its policy asked for it. */
final class RestartCount {
    private RestartCount() {}

    /** A move says nothing about the game, and what a person asks for begins anew. */
    static RuntimeRecord started(RuntimeRecord record, Replacing replace, Attempt attempt) {
        if (replace.isMove()) {
            return record.restarted(replace.before().restarts());
        }
        return isByItself(attempt) ? record.restarted(oneMore(replace, attempt)) : record;
    }

    /** A restart that failed counts too, or a game that cannot be started would be tried for ever. */
    static RuntimeRecord failed(RuntimeRecord record, Replacing replace, Attempt attempt) {
        return isByItself(attempt) && !replace.isMove()
                ? RestartRule.decide(
                        record.restarted(oneMore(replace, attempt)),
                        attempt.game().spec(),
                        attempt.now())
                : record;
    }

    private static boolean isByItself(Attempt attempt) {
        return attempt.kind() == OpKind.RESTART && attempt.request().source() == OpSource.AUTO_RECONCILE;
    }

    private static List<Instant> oneMore(Replacing replace, Attempt attempt) {
        return RestartRule.oneMore(replace.before().restarts(), attempt.now());
    }
}
