package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.HostId;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Commit;
import dev.berth.port.Game;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Noting that a game is in use. */
public abstract class TouchContract extends StoreContract {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Instant AT = Samples.AT;

    protected TouchContract(StorePorts ports) {
        super(ports);
    }

    private static RuntimeRecord running(Lease lease) {
        return Samples.running(new HostId("host-1"), lease.fence());
    }

    private void commit(Lease lease, RuntimeRecord record, RuntimeSpec spec, Optional<Instant> dueAt) {
        assertThat(games.commit(
                        lease,
                        new Commit(
                                Optional.of(entry(lease, record)),
                                Optional.of(record),
                                Optional.of(spec),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                false,
                                Optional.empty(),
                                dueAt)))
                .isTrue();
    }

    private void start() {
        Lease lease = held();
        commit(lease, running(lease), Samples.spec(IDLE), Optional.of(AT.plus(IDLE)));
    }

    @Test
    void aTouchMovesWhenTheGameIsDue() {
        start();

        assertThat(games.touch(game, AT.plusSeconds(60))).isTrue();

        assertThat(found().dueAt()).contains(AT.plusSeconds(60).plus(IDLE));
    }

    @Test
    void itMovesForwardOnly() {
        start();
        games.touch(game, AT.plusSeconds(60));

        assertThat(games.touch(game, AT.plusSeconds(59))).isTrue();
        assertThat(games.touch(game, AT.plusSeconds(60))).isTrue();
        assertThat(found().dueAt()).contains(AT.plusSeconds(60).plus(IDLE));

        games.touch(game, AT.plusSeconds(61));
        assertThat(found().dueAt()).contains(AT.plusSeconds(61).plus(IDLE));
    }

    @Test
    void aTouchFromBeforeTheStartTakesNothingFromItsTime() {
        start();

        assertThat(games.touch(game, AT.minusSeconds(1))).isTrue();

        assertThat(found().dueAt()).contains(AT.plus(IDLE));
    }

    @Test
    void aGameThatMayBeIdleIsInUseAllTheSameAndNeverDue() {
        Lease lease = held();
        commit(lease, running(lease), Samples.spec(Map.of()), Optional.empty());

        assertThat(games.touch(game, AT)).isTrue();

        assertThat(found().dueAt()).isEmpty();
    }

    @Test
    void nobodyUsesAGameThatIsNotKnown() {
        assertThat(games.touch(game, AT)).isFalse();
        assertThat(games.find(game)).isEmpty();

        games.release(held(), Optional.empty());
        assertThat(games.touch(game, AT)).isFalse();
        assertThat(found().dueAt()).isEmpty();
    }

    @Test
    void nobodyUsesAGameThatDoesNotRun() {
        start();
        for (RuntimeRecord record : List.of(Samples.failed(), Samples.failed().removed())) {
            commit(held(), record, Samples.spec(IDLE), Optional.of(AT));

            assertThat(games.touch(game, AT.plusSeconds(60))).isFalse();

            assertThat(found().dueAt()).contains(AT);
        }
    }

    @Test
    void nothingElseOfTheGameChanges() {
        start();
        Game before = found();

        games.touch(game, AT.plusSeconds(60));

        assertThat(found())
                .isEqualTo(new Game(
                        game,
                        before.fence(),
                        before.record(),
                        before.spec(),
                        before.head(),
                        before.deployment(),
                        before.lastRequestedAt(),
                        Optional.of(AT.plusSeconds(60).plus(IDLE))));
        assertThat(log.read(game, 0, 10)).hasSize(1);
    }

    @Test
    void whoeverHoldsTheGameIsNotDisturbed() {
        start();
        Deployment deployment = Samples.deployment("restart");
        Lease lease = games.save(held(), deployment, MINUTE).lease();

        assertThat(games.touch(game, AT.plusSeconds(60))).isTrue();

        assertThat(acquire()).isEqualTo(new Acquisition.Busy(lease.until()));
        assertThat(found().deployment()).contains(deployment);
        assertThat(found().dueAt()).contains(AT.plusSeconds(60).plus(IDLE));
        Lease kept = games.save(lease, deployment, MINUTE).lease();
        commit(
                kept,
                running(kept),
                Samples.spec(IDLE),
                Optional.of(AT.plusSeconds(90).plus(IDLE)));
        assertThat(found().dueAt()).contains(AT.plusSeconds(90).plus(IDLE));
    }
}
