package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Effect;
import dev.berth.model.Exit;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Whatever somebody does to a game's container: after two sweeps, records and engines say the same again. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(value = Fleet.ENGINES, mode = ResourceAccessMode.READ)
class FleetDriftIT {
    private static final HostId HOST = Fleet.HOSTS.getFirst();

    private final LocalFleet fleet;
    private final FleetTruth truth;
    private final FleetTables tables;
    private final Someone someone;

    FleetDriftIT(Fleet engines) {
        fleet = new LocalFleet(engines);
        truth = new FleetTruth(fleet);
        tables = new FleetTables(fleet);
        someone = fleet.at(HOST);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void aContainerThatSomebodyRemovesIsNotRecordedAnyMore() {
        GameId game = fleet.started(HOST);
        GameId other = fleet.started(Fleet.HOSTS.getLast());
        String container = fleet.container(other);
        someone.remove(fleet.container(game));

        fleet.sweep();
        // One look may come at a bad moment.
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(fleet.host(HOST).notes().missing()).containsOnlyKeys(game);
        fleet.sweep();

        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.REMOVED);
        assertObserved(game, OpKind.RECONCILE_DISPOSE);
        assertThat(fleet.container(other)).isEqualTo(container);
        truth.assertRight();
        fleet.sweep();
        assertThat(fleet.host(HOST).notes().missing()).isEmpty();
    }

    @Test
    void aContainerThatEndsWellIsRecordedAsStopped() {
        GameId game = fleet.started(HOST);
        someone.end(fleet.container(game), "USR2");
        fleet.sweepTwice();
        assertEnded(game, RuntimeStatus.STOPPED, 0, false);
    }

    @Test
    void aContainerThatFailsIsRecordedWithItsExitCode() {
        GameId game = fleet.started(HOST);
        someone.end(fleet.container(game), "USR1");
        fleet.sweepTwice();
        assertEnded(game, RuntimeStatus.FAILED, 3, false);
    }

    @Test
    void aContainerThatRunsOutOfMemoryIsRecordedAsThat() {
        GameId game = fleet.started(HOST, spec -> spec.put("memory", "16M"));
        someone.end(fleet.container(game), "HUP");
        fleet.sweepTwice();
        assertEnded(game, RuntimeStatus.FAILED, 137, true);
    }

    private void assertEnded(GameId game, RuntimeStatus status, int code, boolean oomKilled) {
        assertThat(fleet.record(game).status()).isEqualTo(status);
        Exit exit = fleet.record(game).exit().orElseThrow();
        assertThat(exit.code()).contains(code);
        assertThat(exit.oomKilled()).isEqualTo(oomKilled);
        assertObserved(game, OpKind.STOP);
        truth.assertRight();
    }

    @Test
    void aGameThatIsToRunGetsANewContainerUntilItHasFailedTooOften() {
        GameId game = fleet.started(HOST, spec -> spec.put("restart", "on_failure"));
        for (int restarts = 1; restarts <= 2; restarts++) {
            String container = fleet.container(game);
            someone.end(container, "USR1");
            fleet.sweepTwice();
            assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.RUNNING);
            assertThat(fleet.container(game)).isNotEqualTo(container);
            assertThat(fleet.record(game).restarts()).hasSize(restarts);
            assertThat(someone.has(container)).isFalse();
            truth.assertRight();
        }
        String last = fleet.container(game);
        someone.end(last, "USR1");
        fleet.sweepTwice();
        assertThat(fleet.container(game)).isEqualTo(last);
        assertEnded(game, RuntimeStatus.FAILED, 3, false);
    }

    @Test
    void whatWasCreatedBesideTheGamesContainerAndNeverStartedGoes() {
        GameId game = fleet.started(HOST);
        String own = fleet.container(game);
        String leftover = someone.create(fleet.stack + "_" + game + ".prev-1", someone.labels(own), fleet.fleet.image);
        fleet.sweepTwice();
        assertThat(someone.has(leftover)).isFalse();
        assertThat(fleet.container(game)).isEqualTo(own);
        truth.assertRight();
    }

    @Test
    void aSecondContainerOfAGameIsStoppedAndSetAside() {
        GameId game = fleet.started(HOST);
        String own = fleet.container(game);
        String second = someone.run(fleet.stack + ".second", someone.labels(own), fleet.fleet.image);
        HostId elsewhere = Fleet.HOSTS.getLast();
        String third = fleet.at(elsewhere).run(fleet.stack + ".third", someone.labels(own), fleet.fleet.image);
        fleet.sweepTwice();
        assertQuarantined(game, HOST, second);
        assertQuarantined(game, elsewhere, third);
        assertThat(fleet.container(game)).isEqualTo(own);
        truth.assertRight();
    }

    private void assertQuarantined(GameId game, HostId host, String container) {
        assertThat(fleet.at(host).isRunning(container)).isFalse();
        assertThat(fleet.at(host).name(container))
                .isEqualTo(fleet.stack + "_" + game + ".quarantine-" + container.substring(0, 12));
    }

    @Test
    void aStoppedGameWhoseContainerIsGoneCanStillBeCleanedUp() {
        GameId game = fleet.started(HOST);
        fleet.done(OpKind.STOP, fleet.message(game));
        RuntimeRecord stopped = fleet.record(game);
        someone.remove(fleet.container(game));
        fleet.sweepTwice();
        assertThat(fleet.record(game)).isEqualTo(stopped);
        truth.assertRight();
        fleet.clock.forward(Duration.ofHours(24));
        fleet.sweepTwice();
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.REMOVED);
        truth.assertRight();
    }

    @Test
    void aContainerOfAGameThatNobodyKnowsIsAdopted() {
        GameId game = fleet.started(HOST);
        String container = fleet.container(game);
        long label = Long.parseLong(someone.labels(container).get("berth.fence"));
        tables.forget(game, fleet.record(game).placement().orElseThrow());
        fleet.sweep();
        // It may be one that is just being started.
        assertThat(fleet.games.find(game)).isEmpty();
        fleet.clock.forward(Duration.ofMinutes(5));
        fleet.sweepTwice();

        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(fleet.container(game)).isEqualTo(container);
        assertThat(fleet.record(game).container().orElseThrow().fence()).isEqualTo(new Fence(label));
        assertThat(Long.parseLong(tables.item(game).get("fence").n())).isGreaterThan(label);
        assertObserved(game, OpKind.RECONCILE_ADOPT);
        truth.assertRight();
        fleet.done(OpKind.STOP, fleet.message(game));
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.STOPPED);
        truth.assertRight();
    }

    private void assertObserved(GameId game, OpKind kind) {
        OperationEntry last = fleet.log.read(game, 0, 1000).getLast().entry().orElseThrow();
        assertThat(last.kind()).isEqualTo(kind);
        assertThat(last.source()).isEqualTo(OpSource.AUTO_RECONCILE);
        assertThat(last.effect()).isEqualTo(Effect.OBSERVED);
    }
}
