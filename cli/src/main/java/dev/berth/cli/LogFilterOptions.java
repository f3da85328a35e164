package dev.berth.cli;

import dev.berth.model.OpId;
import dev.berth.model.OpSource;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is shown of a log. */
final class LogFilterOptions {
    static final int DEFAULT_LIMIT = 500;
    private static final int MOST = 1_000_000;

    @Option(
            names = "--op",
            paramLabel = "ID",
            description = "Only of this operation; without GAME it is looked for in the table's index.")
    private Optional<OpId> op = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what was finished then or later: an instant, or how long ago, such as 24h.")
    private Optional<Instant> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Only what was finished by then.")
    private Optional<Instant> until = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "WORD",
            description = "Only of this source: lobby_stream, gm_rest, admin_rest, auto_ttl or auto_reconcile.")
    private Optional<OpSource> source = Optional.empty();

    @Option(names = "--failures", description = "Only failures.")
    private boolean failures;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Show the newest N (" + DEFAULT_LIMIT + " where absent); how many are left out is told.")
    private Optional<Integer> limit = Optional.empty();

    LogFilter filter() {
        return new LogFilter(op, since, until, source, failures);
    }

    boolean isGiven() {
        return limit.isPresent() || !filter().isNone();
    }

    /** @throws CommandFailed if nothing could be shown */
    int limit() {
        int most = limit.orElse(DEFAULT_LIMIT);
        if (most < 1 || most > MOST) {
            throw CommandFailed.wrongUse("--limit must be 1 to " + MOST);
        }
        return most;
    }
}
