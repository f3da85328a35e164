package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.ledger.Archiving;
import dev.berth.ledger.Ledger;
import dev.berth.ledger.LedgerRound;
import dev.berth.ledger.Verification;
import dev.berth.ledger.Verifier;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpId;
import dev.berth.port.LogArchive;
import dev.berth.port.LogPruning;
import dev.berth.port.OperationLog;
import dev.berth.port.Telemetry.Cause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The round of the archive over a long log on the models that keep the contracts, killed at each of its requests. */
final class ArchiveRoundTest {
    private static final GameId GAME = Scenario.GAMES.getFirst();
    private static final int SEGMENTS = 1;
    private static final int ENTRIES = SEGMENTS * Limits.SEGMENT + 3;
    private static final Duration AGE = Duration.ofDays(30);
    private static final Cause CAUSE = new Cause(OpId.of(new JobId("round-1")), Optional.empty());

    private final CalmWorld calm = new CalmWorld();
    private BucketModel bucket = new BucketModel();

    /** No exception, which somebody could catch and go on. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Comes at one request, before it takes effect or after. */
    private static final class Death {
        private final int at;
        private final boolean after;
        private int requests;

        private Death(int at, boolean after) {
            this.at = at;
            this.after = after;
        }

        private static Death never() {
            return new Death(0, false);
        }

        private <T> T over(Class<T> port, Object real) {
            return port.cast(Proxy.newProxyInstance(
                    port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                        boolean now = ++requests == at;
                        if (now && !after) {
                            throw new Killed();
                        }
                        try {
                            Object answer = method.invoke(real, arguments);
                            if (now) {
                                throw new Killed();
                            }
                            return answer;
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    }));
        }
    }

    @BeforeEach
    void aLongLogOfLongAgo() {
        calm.perform(Jobs.start(GAME, "start-1", calm.clock.now()));
        for (int i = 1; i < ENTRIES; i++) {
            calm.perform(Jobs.stop(GAME, "stop-" + i, calm.clock.now().plusSeconds(i)));
        }
        calm.clock.pause(AGE.plusDays(1));
        assertThat(row().log).hasSize(ENTRIES);
    }

    private GameRow row() {
        return calm.store.games().get(GAME);
    }

    private LogArchive archive() {
        return new ModelArchive(bucket, new DirectLine(new Scheduler()));
    }

    private LedgerRound.Report round(Death death) {
        OperationLog log = death.over(OperationLog.class, calm.log);
        LogArchive archive = death.over(LogArchive.class, archive());
        return new LedgerRound(
                        calm.games,
                        new Verifier(new Ledger(log, archive), calm.games),
                        new Archiving(log, death.over(LogPruning.class, calm.log), archive, calm.clock, AGE),
                        _ -> {},
                        calm.clock,
                        new Random(1))
                .run(CAUSE, Instant.MAX);
    }

    private void assertWhole() {
        Verification whole = new Verifier(new Ledger(calm.log, archive()), calm.games).full(GAME);
        assertThat(whole.problem()).isEmpty();
        assertThat(whole.entries()).isEqualTo(ENTRIES);
        assertThat(whole.read()).isEqualTo(ENTRIES);
    }

    private void assertArchived() {
        assertWhole();
        assertThat(archive().segments(GAME, 0, 10)).hasSize(SEGMENTS);
        assertThat(calm.log.read(GAME, 0, ENTRIES)).hasSize(ENTRIES - SEGMENTS * Limits.SEGMENT);
    }

    private void asItWas() {
        bucket = new BucketModel();
        row().changedRows.clear();
    }

    @Test
    void whatIsOldLeavesTheTableAndNothingIsLost() {
        LedgerRound.Report report = round(Death.never());

        assertThat(report.archived()).isEqualTo(SEGMENTS * Limits.SEGMENT);
        assertThat(report.failed()).isZero();
        assertArchived();
        assertThat(round(Death.never()).archived()).isZero();
    }

    @Test
    void killedAtAnyRequestItLosesNothingAndTheNextRoundGoesOn() {
        Death none = Death.never();
        round(none);
        assertThat(none.requests).isGreaterThan(10);
        for (int request = 1; request <= none.requests; request++) {
            for (boolean after : new boolean[] {false, true}) {
                asItWas();
                Death death = new Death(request, after);
                assertThatExceptionOfType(Killed.class).isThrownBy(() -> round(death));
                assertWhole();

                assertThat(round(Death.never()).failed()).isZero();
                assertArchived();
            }
        }
    }

    @Test
    void aJobOnAGameWhoseLogWentIntoTheArchiveIsDoneAsUsual() {
        round(Death.never());

        calm.results.clear();
        calm.perform(Jobs.start(GAME, "start-2", calm.clock.now()));

        assertThat(calm.results).singleElement().satisfies(result -> {
            assertThat(result.failure()).isEmpty();
            assertThat(result.seq()).contains(ENTRIES + 1L);
        });
    }
}
