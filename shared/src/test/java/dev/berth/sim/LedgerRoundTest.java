package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.ledger.Archiving;
import dev.berth.ledger.Ledger;
import dev.berth.ledger.LedgerRound;
import dev.berth.ledger.Verifier;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Telemetry.Audit;
import dev.berth.port.Telemetry.Cause;
import dev.berth.port.Telemetry.Defect;
import dev.berth.port.Telemetry.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The round over all games: each is looked at once, wherever it begins, and what is wrong with one is told. */
final class LedgerRoundTest {
    private static final int GAMES = 130;
    private static final Cause CAUSE = new Cause(OpId.of(new JobId("round-1")), Optional.empty());

    private final CalmWorld calm = new CalmWorld();
    private final List<Audit> audits = new ArrayList<>();
    private final List<Defect> defects = new ArrayList<>();

    private static GameId game(int number) {
        return new GameId("game-" + number);
    }

    private void someGames() {
        for (int i = 0; i < GAMES; i++) {
            calm.perform(Jobs.start(game(i), "start-" + i, calm.clock.now()));
        }
    }

    private LedgerRound.Report run(long seed, Clock clock, Instant endsAt) {
        return run(calm.games, seed, clock, endsAt);
    }

    private LedgerRound.Report run(Games games, long seed, Clock clock, Instant endsAt) {
        ModelArchive archive = new ModelArchive(new BucketModel(), new DirectLine(new Scheduler()));
        audits.clear();
        return new LedgerRound(
                        games,
                        new Verifier(new Ledger(calm.log, archive), games),
                        new Archiving(calm.log, calm.log, archive, clock, Duration.ofDays(30)),
                        this::heard,
                        clock,
                        new Random(seed))
                .run(CAUSE, endsAt);
    }

    private void heard(Told told) {
        if (told instanceof Defect defect) {
            defects.add(defect);
        } else {
            audits.add((Audit) told);
        }
    }

    @Test
    void aGameThatMeetsADefectDoesNotTakeTheRestOfTheRoundWithIt() {
        someGames();

        LedgerRound.Report report = run(
                new OtherGames(calm.games) {
                    @Override
                    public Optional<Game> find(GameId game) {
                        if (game.equals(game(7))) {
                            throw new IllegalStateException("a defect");
                        }
                        return super.find(game);
                    }
                },
                1,
                calm.clock,
                Instant.MAX);

        assertThat(report.complete()).isTrue();
        assertThat(report.games()).isEqualTo(GAMES);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(defects)
                .singleElement()
                .satisfies(told -> assertThat(told.defect()).hasMessage("a defect"));
    }

    @Test
    void everyGameIsLookedAtOnceWhereverTheRoundBegins() {
        someGames();
        for (long seed = 0; seed < 10; seed++) {
            LedgerRound.Report report = run(seed, calm.clock, Instant.MAX);

            assertThat(report.complete()).isTrue();
            assertThat(report.games()).isEqualTo(GAMES);
            assertThat(report.failed()).isZero();
            assertThat(audits)
                    .extracting(Audit::game)
                    .doesNotHaveDuplicates()
                    .containsAll(calm.store.games().keySet());
        }
    }

    @Test
    void aGameThatDoesNotVerifyIsToldAndTheOthersAreLookedAtAllTheSame() {
        someGames();
        calm.store.games().get(game(7)).changedRows.put(1L, Optional.empty());
        calm.store.games().get(game(1)).record = Optional.empty();

        LedgerRound.Report report = run(1, calm.clock, Instant.MAX);

        assertThat(report.games()).isEqualTo(GAMES);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(audits).filteredOn(audit -> audit.failure().isPresent()).allSatisfy(audit -> {
            assertThat(audit.game()).isIn(game(7), game(1));
            assertThat(audit.failure().map(Failure::code)).contains(ErrorCode.LOG_CORRUPT);
        });
    }

    @Test
    void aGameThatIsUnderWorkIsNoFailure() {
        someGames();
        calm.games.acquire(game(3), "never finished", Duration.ofMinutes(1));

        assertThat(run(1, calm.clock, Instant.MAX).failed()).isZero();
    }

    @Test
    void whatThereIsNoTimeForIsLeft() {
        someGames();
        Instant now = calm.clock.now();

        LedgerRound.Report none = run(1, calm.clock, now);

        assertThat(none.complete()).isFalse();
        assertThat(none.games()).isZero();
        assertThat(audits).isEmpty();
    }

    @Test
    void withoutGamesThereIsNothingToDo() {
        LedgerRound.Report report = run(1, calm.clock, Instant.MAX);

        assertThat(report).isEqualTo(new LedgerRound.Report(0, 0, 0, 0, true));
    }
}
