package dev.berth.ledger;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Telemetry;
import dev.berth.port.Telemetry.Audit;
import dev.berth.port.Telemetry.Cause;
import dev.berth.port.Telemetry.Defect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Goes over all games on a schedule: verifies what is new in the log of each, holds it against the game's record, and
 * archives what is old enough. It begins anywhere, so that no game starves where there is not time enough for all.
 */
public final class LedgerRound {
    private static final int PAGE = 100;

    private final Games games;
    private final Verifier verifier;
    private final Archiving archiving;
    private final Telemetry telemetry;
    private final Clock clock;
    private final RandomGenerator random;

    public LedgerRound(
            Games games,
            Verifier verifier,
            Archiving archiving,
            Telemetry telemetry,
            Clock clock,
            RandomGenerator random) {
        this.games = games;
        this.verifier = verifier;
        this.archiving = archiving;
        this.telemetry = telemetry;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What a round came to.
     *
     * @param games how many were looked at
     * @param failed how many of them do not verify, or could not be verified
     * @param entries how many were read
     * @param archived how many have left the table
     * @param complete whether no game was left for the next round
     */
    public record Report(int games, int failed, long entries, long archived, boolean complete) {
        private Report with(Audit audit) {
            return new Report(
                    games + 1,
                    failed + (audit.failure().isPresent() ? 1 : 0),
                    entries + audit.entries(),
                    archived + audit.archived(),
                    complete);
        }

        private Report left() {
            return new Report(games, failed, entries, archived, false);
        }
    }

    /** @param endsAt nothing is begun after that */
    public Report run(Cause cause, Instant endsAt) {
        Report report = new Report(0, 0, 0, 0, true);
        Optional<GameId> first = Optional.empty();
        Optional<GameId> after = Optional.of(new GameId(Long.toHexString(random.nextLong())));
        boolean fromTheBeginning = false;
        while (true) {
            List<GameId> page = games.page(after, PAGE);
            for (GameId game : page) {
                if (fromTheBeginning && first.equals(Optional.of(game))) {
                    return report;
                }
                if (!clock.now().isBefore(endsAt)) {
                    return report.left();
                }
                report = report.with(audited(cause, game, endsAt));
                first = first.or(() -> Optional.of(game));
            }
            if (page.size() == PAGE) {
                after = Optional.of(page.getLast());
            } else if (fromTheBeginning) {
                return report;
            } else {
                after = Optional.empty();
                fromTheBeginning = true;
            }
        }
    }

    private Audit audited(Cause cause, GameId game, Instant endsAt) {
        Instant began = clock.now();
        Audit audit;
        try {
            audit = audit(cause, game, endsAt, began);
        } catch (OperationFailed failure) {
            audit = failed(cause, game, Failure.of(failure), began);
        } catch (RuntimeException defect) {
            telemetry.tell(new Defect(cause, defect));
            Failure why = new Failure(ErrorCode.INTERNAL, defect.toString());
            audit = failed(cause, game, why, began);
        }
        telemetry.tell(audit);
        return audit;
    }

    private Audit failed(Cause cause, GameId game, Failure why, Instant began) {
        return new Audit(cause, game, 0, 0, 0, Optional.of(why), since(began));
    }

    private Audit audit(Cause cause, GameId game, Instant endsAt, Instant began) {
        Verification verification = verifier.sinceCheckpoint(game);
        Duration took = since(began);
        Archived archived =
                verification.holds() ? archiving.archive(game, verification.head(), endsAt) : Archived.NOTHING;
        return new Audit(
                cause,
                game,
                verification.read(),
                verification.unreadable().met(),
                archived.entries(),
                verification
                        .problem()
                        .or(() -> archived.bad().map(BadEntry::toString))
                        .map(why -> new Failure(ErrorCode.LOG_CORRUPT, why)),
                took);
    }

    private Duration since(Instant began) {
        return Duration.between(began, clock.now());
    }
}
