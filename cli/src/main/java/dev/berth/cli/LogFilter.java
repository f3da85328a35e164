package dev.berth.cli;

import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of a log are shown.
 *
 * @param since those that were finished then or later
 * @param until those that were finished by then
 */
record LogFilter(
        Optional<OpId> op,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<OpSource> source,
        boolean failures) {
    static final LogFilter NONE =
            new LogFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    boolean isNone() {
        return equals(NONE);
    }

    /** Of one that cannot be read nobody can say that it is not meant: it is always shown. */
    boolean shows(LoggedEntry entry) {
        return entry.entry().map(this::shows).orElse(true);
    }

    private boolean shows(OperationEntry entry) {
        return op.map(entry.op()::equals).orElse(true)
                && since.map(at -> !entry.finishedAt().isBefore(at)).orElse(true)
                && until.map(at -> !entry.finishedAt().isAfter(at)).orElse(true)
                && source.map(word -> entry.source() == word).orElse(true)
                && (!failures || entry.outcome() == Outcome.FAILURE);
    }
}
