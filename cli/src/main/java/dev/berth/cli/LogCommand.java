package dev.berth.cli;

import dev.berth.ledger.Ledger;
import dev.berth.ledger.Replay;
import dev.berth.ledger.Replayed;
import dev.berth.ledger.Verification;
import dev.berth.ledger.Verifier;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the operation log, verifies it, and replays it. */
@Command(
        name = "log",
        description = {
            "Show the operation log, oldest entry first.",
            "Of one game with its archive; without GAME of all games, in order of time, which reads the whole table of"
                    + " the log (with --op only its index). Entries that cannot be read are shown as such, whatever else"
                    + " is left out."
        })
final class LogCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME", arity = "0..1", description = "Only of this one.")
    private Optional<GameId> only = Optional.empty();

    @Option(
            names = "--verify",
            description = "Recompute every hash, follow the chain through archive and table to the head, and hold the"
                    + " record against it; fails at the first bad entry.")
    private boolean verify;

    @Option(names = "--new", description = "With --verify: only what is new since the archive's last segment.")
    private boolean onlyNew;

    @Option(
            names = "--replay",
            description = "The record as the entries have made it, and whether it is what is recorded.")
    private boolean replay;

    @Option(
            names = "--at",
            paramLabel = "SEQ|TIME",
            description = "With --replay: as it was after that entry, or at that time (an instant, or how long ago).")
    private Optional<LogPoint> at = Optional.empty();

    @Option(names = "--follow", description = "Go on with new entries as they come, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private final LogFilterOptions filters = new LogFilterOptions();

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        requireSense();
        int limit = filters.limit();
        Stack opened = stack.open();
        if (verify || replay) {
            GameId game = only.orElseThrow();
            requireKnown(opened, game);
            Ledger ledger = opened.ledger();
            boolean verified = !verify || verify(opened, ledger, game);
            boolean replayed = !replay || replay(opened, ledger, game);
            return verified && replayed ? ExitCode.DONE : ExitCode.FAILED;
        }
        if (follow) {
            follow(opened, only.orElseThrow(), limit);
        } else {
            print(listing(opened, limit));
        }
        return ExitCode.DONE;
    }

    /** A game without item and log is no lost one, but one that somebody has mistyped. */
    private static void requireKnown(Stack opened, GameId game) {
        if (opened.games().find(game).isEmpty() && opened.log().newest(game).equals(LogHead.EMPTY)) {
            throw CommandFailed.failed("nothing is known of game " + game);
        }
    }

    private void requireSense() {
        require(only.isPresent() || !(verify || replay || follow), "--verify, --replay and --follow need GAME");
        require(
                !(verify || replay) || !(follow || filters.isGiven()),
                "--verify and --replay are about the whole log: nothing can be left out, and nothing followed");
        require(verify || !onlyNew, "--new needs --verify");
        require(replay || at.isEmpty(), "--at needs --replay");
        require(
                !follow || filters.filter().until().isEmpty(),
                "--follow shows what is new: --until would leave it out");
    }

    private static void require(boolean sense, String otherwise) {
        if (!sense) {
            throw CommandFailed.wrongUse(otherwise);
        }
    }

    private LogListing listing(Stack opened, int limit) {
        LogFilter filter = filters.filter();
        if (only.isPresent()) {
            return LogListing.of(only.get(), opened.log(), opened.ledger(), filter, limit);
        }
        return filter.op().isPresent()
                ? LogListing.of(filter.op().get(), opened.log(), opened.ledger(), filter, limit)
                : LogListing.ofAll(opened.log(), filter, limit);
    }

    private LogTable print(LogListing listing) {
        if (listing.left() > 0) {
            output.note("the newest " + listing.shown().size() + " are shown, " + listing.left()
                    + " older ones are left out: --limit N shows more");
        }
        LogTable table = new LogTable(only.isEmpty());
        if (output.json()) {
            listing.shown().stream().map(LogTable::json).forEach(output::line);
        } else {
            table.lines(listing.shown()).forEach(output::line);
        }
        return table;
    }

    private void follow(Stack opened, GameId game, int limit) {
        // What comes while these are read is among them, or comes after the last of them.
        long end = opened.log().newest(game).seq();
        LogListing before = listing(opened, limit);
        LogTable table = print(before);
        long last = before.shown().isEmpty()
                ? end
                : Math.max(end, before.shown().getLast().seq());
        LogFilter filter = filters.filter();
        new LogFollower(opened.log(), Clock.system()).follow(game, last, entry -> {
            if (filter.shows(entry)) {
                output.line(output.json() ? LogTable.json(entry).toString() : table.next(entry));
            }
        });
    }

    private boolean verify(Stack opened, Ledger ledger, GameId game) {
        Verifier verifier = new Verifier(ledger, opened.games());
        Verification verification = onlyNew ? verifier.sinceCheckpoint(game) : verifier.full(game);
        // What cannot be trusted is not shown.
        if (verification.holds()) {
            print(LogListing.of(game, opened.log(), ledger, LogFilter.NONE, filters.limit()));
        }
        VerificationText text = new VerificationText(game, verification);
        if (output.json()) {
            output.line(text.json());
        } else {
            output.line(text.line(output.style()));
        }
        return verification.holds();
    }

    private boolean replay(Stack opened, Ledger ledger, GameId game) {
        // Read first, so that the log has all that the record tells of.
        Optional<Game> now = opened.games().find(game).filter(Game::known);
        ReplayText text = new ReplayText(game, replayed(new Replay(ledger), game, now), now, at.isPresent());
        if (output.json()) {
            output.line(text.json());
        } else {
            text.lines(output.style()).forEach(output::line);
        }
        return text.holds();
    }

    private Replayed replayed(Replay replay, GameId game, Optional<Game> now) {
        if (at.isEmpty()) {
            return now.map(known -> replay.at(game, known.head().seq())).orElseGet(() -> replay.end(game));
        }
        return switch (at.get()) {
            case LogPoint.Entry(long seq) -> replay.at(game, seq);
            case LogPoint.Time(var time) -> replay.at(game, time);
        };
    }
}
