package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.LogHead;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Games.Kept;
import dev.berth.port.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Getting, extending and giving back a lease, whatever keeps it. */
public abstract class LeaseContract extends StoreContract {
    protected LeaseContract(StorePorts ports) {
        super(ports);
    }

    @Test
    void aNewGameIsGotUnderTheFirstFenceAndNothingIsKnownOfIt() {
        Acquisition.Held held = assertHeld(acquire());

        assertThat(held.lease().fence().value()).isEqualTo(1);
        assertThat(held.lease().until()).isEqualTo(clock.now().plus(MINUTE));
        assertThat(held.game())
                .isEqualTo(new Game(
                        game,
                        new Fence(1),
                        Optional.empty(),
                        Optional.empty(),
                        LogHead.EMPTY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(held.game().known()).isFalse();
    }

    @Test
    void aHeldGameIsBusyUpToTheLastMillisecondOfItsLease() {
        Lease first = held();

        assertThat(acquire()).isEqualTo(new Acquisition.Busy(first.until()));
        clock.pause(MINUTE);
        assertThat(acquire()).isEqualTo(new Acquisition.Busy(first.until()));
        clock.pause(Duration.ofMillis(1));
        assertThat(held().fence().value()).isEqualTo(2);
    }

    @Test
    void theFenceGrowsByOneEachTimeAndNoTwoOwnersAreTheSame() {
        Lease first = held();
        games.release(first, Optional.empty());
        Lease second = held();
        clock.pause(MINUTE.plusMillis(1));
        Lease third = held();

        assertThat(second.fence().value()).isEqualTo(2);
        assertThat(third.fence().value()).isEqualTo(3);
        assertThat(first.owner()).isNotEqualTo(second.owner());
        assertThat(second.owner()).isNotEqualTo(third.owner());
    }

    @Test
    void aLeaseThatRanOutIsStillGoodAsLongAsNobodyTookTheGame() {
        Lease lease = held();
        clock.pause(MINUTE.multipliedBy(10));

        Kept kept = games.save(lease, Samples.deployment("late"), MINUTE);

        assertThat(acquire()).isEqualTo(new Acquisition.Busy(kept.lease().until()));
    }

    @Test
    void savingKeepsTheDeploymentAndExtendsTheLease() {
        Lease lease = held();
        clock.pause(Duration.ofSeconds(30));
        Deployment deployment = Samples.deployment("state");

        Kept kept = games.save(lease, deployment, MINUTE);

        assertThat(kept).isEqualTo(new Kept(kept.lease(), Optional.empty()));
        assertThat(kept.lease())
                .isEqualTo(new Lease(
                        game, lease.fence(), lease.owner(), clock.now().plus(MINUTE)));
        assertThat(acquire()).isEqualTo(new Acquisition.Busy(kept.lease().until()));
        assertThat(found().deployment()).contains(deployment);
    }

    @Test
    void howFarAStepHasComeIsKeptUntilTheNextOneBegins() {
        Deployment pulling = Samples.deployment("state").withProgress("3 of 7 layers");
        Lease lease = games.save(held(), pulling, MINUTE).lease();
        assertThat(found().deployment()).contains(pulling);

        Deployment next = pulling.at(4, "start the container", "further");
        games.save(lease, next, MINUTE);

        assertThat(next.progress()).isEmpty();
        assertThat(found().deployment()).contains(next);
        assertThat(found().deployment().orElseThrow().steps()).isEqualTo(5);
    }

    @Test
    void savingNeverShortensTheLease() {
        Lease lease = held();

        Kept kept = games.save(lease, Samples.deployment("state"), Duration.ofSeconds(1));

        assertThat(kept.lease().until()).isAfter(lease.until());
        assertThat(acquire()).isEqualTo(new Acquisition.Busy(kept.lease().until()));
    }

    @Test
    void aSaveThatArrivesAfterALaterOneChangesNothing() {
        Lease lease = held();
        Deployment later = Samples.deployment("later");
        games.save(games.save(lease, Samples.deployment("once"), MINUTE).lease(), later, MINUTE);

        assertFails(ErrorCode.LEASE_LOST, () -> games.save(lease, Samples.deployment("earlier"), Duration.ZERO));
        assertThat(found().deployment()).contains(later);
    }

    @Test
    void largeAndAwkwardTextsAreKeptAsTheyAre() {
        Deployment deployment = Samples.deployment(Samples.AWKWARD.repeat(5_000));

        games.save(held(), deployment, MINUTE);

        assertThat(found().deployment()).contains(deployment);
    }

    @Test
    void aReleasedGameIsFreeAndItsDeploymentStaysAsItWas() {
        Deployment deployment = Samples.deployment("state");
        Lease lease = games.save(held(), deployment, MINUTE).lease();

        games.release(lease, Optional.empty());

        assertThat(assertHeld(acquire()).game().deployment()).contains(deployment);
    }

    @Test
    void aReleaseMayLeaveTheDeploymentInAnotherState() {
        Deployment deployment = Samples.deployment("state");
        Lease lease = games.save(held(), deployment, MINUTE).lease();

        games.release(lease, Optional.of(deployment.suspended()));

        assertThat(assertHeld(acquire()).game().deployment()).contains(deployment.suspended());
    }

    @Test
    void aReleasedLeaseIsLost() {
        Lease lease = held();
        games.release(lease, Optional.empty());

        assertFails(ErrorCode.LEASE_LOST, () -> games.release(lease, Optional.empty()));
        assertThat(held().fence().value()).isEqualTo(2);
    }

    // --- jobs that are finished already ---

    @Test
    void ofAFinishedJobTheResultIsGivenAndTheGameIsLeftFree() {
        FinishedJob job = finish();

        assertThat(games.acquire(game, job.key(), MINUTE)).isEqualTo(new Acquisition.Finished(job));
        assertThat(games.finished(job.key())).contains(job);
        assertThat(acquire()).isInstanceOf(Acquisition.Held.class);
    }

    @Test
    void ofAFinishedJobTheResultIsGivenEvenWhileAnotherOneHoldsTheGame() {
        FinishedJob job = finish();
        Lease lease = held();

        assertThat(games.acquire(game, job.key(), MINUTE)).isEqualTo(new Acquisition.Finished(job));
        games.save(lease, Samples.deployment("undisturbed"), MINUTE);
    }

    @Test
    void lookingAtAFinishedJobLeavesAnOpenDeploymentAsItIs() {
        FinishedJob job = finish();
        Deployment deployment = Samples.deployment("state");
        games.release(held(), Optional.of(deployment));

        games.acquire(game, job.key(), MINUTE);

        assertThat(found().deployment()).contains(deployment);
    }

    @Test
    void noJobIsFinishedThatNobodyFinished() {
        assertThat(games.finished(Samples.unique("job"))).isEmpty();
    }

    private FinishedJob finish() {
        FinishedJob job = Samples.finished(game, Optional.of(Samples.AWKWARD));
        assertThat(games.commit(held(), mark(job))).isTrue();
        return job;
    }

    // --- requests to stop ---

    @Test
    void theHolderLearnsOfTheNewestRequestToStop() {
        Lease lease = held();
        Instant at = Samples.AT;

        games.requestStop(game, at);
        games.requestStop(game, at.plusMillis(1));
        games.requestStop(game, at.minusMillis(1));

        Kept kept = games.save(lease, Samples.deployment("state"), MINUTE);
        assertThat(kept.stopRequested()).contains(at.plusMillis(1));
        assertThat(games.save(kept.lease(), Samples.deployment("state"), MINUTE).stopRequested())
                .contains(at.plusMillis(1));
    }

    @Test
    void aRequestToStopMeetsNobodyWhereNobodyHoldsTheGame() {
        games.requestStop(game, Samples.AT);
        assertThat(games.find(game)).isEmpty();

        games.release(held(), Optional.empty());
        games.requestStop(game, Samples.AT);

        assertThat(games.save(held(), Samples.deployment("state"), MINUTE).stopRequested())
                .isEmpty();
    }

    @Test
    void aRequestToStopIsNotMeantForTheNextHolder() {
        held();
        games.requestStop(game, Samples.AT);
        clock.pause(MINUTE.plusMillis(1));

        assertThat(games.save(held(), Samples.deployment("state"), MINUTE).stopRequested())
                .isEmpty();
    }

    // --- reading ---

    @Test
    void aGameIsListedAndNoMoreThanAskedFor() {
        assertThat(games.find(game)).isEmpty();
        held();

        assertThat(games.list(10_000)).contains(found());
        games.acquire(Samples.game(), "never finished", MINUTE);
        assertThat(games.list(1)).hasSize(1);
    }
}
