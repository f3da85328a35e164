package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.HostId;
import dev.berth.model.LogHead;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import dev.berth.wire.EntryJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ending an operation inside of another one, which goes on, and when the game is due after it. */
public abstract class InnerCommitContract extends StoreContract {
    private static final HostId HOST = new HostId("host-1");

    private final Deployment deployment = Samples.deployment("state");

    protected InnerCommitContract(StorePorts ports) {
        super(ports);
    }

    /** A lease under which a deployment is open. */
    private Lease opened() {
        Opening opening = games.open(held(), deployment, "never finished", Optional.empty(), MINUTE);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opening).lease();
    }

    @Test
    void theAttemptMayGoOnWithItsLeaseAndItsDeployment() {
        Lease lease = opened();
        RuntimeRecord record = Samples.failed();

        games.commit(lease, keeping(entry(lease, record), record, true, Optional.of(deployment)));

        // A moment longer, so that a checkpoint from before that comes late finds itself overtaken.
        assertThat(acquire())
                .isEqualTo(new Acquisition.Busy(lease.extendedTo(lease.until()).until()));
        assertThat(found().deployment()).contains(deployment);
        assertThat(games.commit(lease, commit(entry(lease, record), record, Optional.empty())))
                .isTrue();
        assertThat(found().head().seq()).isEqualTo(2);
    }

    @Test
    void theLeaseMayGoWhileTheDeploymentStays() {
        Lease lease = opened();
        RuntimeRecord record = Samples.failed();

        games.commit(lease, keeping(entry(lease, record), record, false, Optional.of(deployment)));

        assertThat(assertHeld(acquire()).game().deployment()).contains(deployment);
    }

    @Test
    void theDeploymentAroundAnInnerOperationGoesOnAsItIsGiven() {
        Lease lease = opened();
        games.requestStop(game, Samples.AT);
        Deployment further =
                deployment.at(4, "set the old one aside", "another state").withProgress("half of it");
        RuntimeRecord record = Samples.running(HOST, lease.fence());
        OperationEntry entry = entry(lease, record);

        assertThat(games.commit(lease, keeping(entry, record, true, Optional.of(further))))
                .isTrue();

        assertThat(found().head()).isEqualTo(new LogHead(1, EntryJson.hash(entry)));
        assertThat(found().deployment()).contains(further);
        assertThat(acquire()).isInstanceOf(Acquisition.Busy.class);
        Lease longer = lease.extendedTo(lease.until());
        assertThat(games.save(longer, further, MINUTE).stopRequested()).contains(Samples.AT);
    }

    @Test
    void whatIsNotCommittedLeavesTheDeploymentAsItWas() {
        Lease lease = opened();
        FinishedJob job = Samples.finished(Samples.game(), Optional.empty());
        games.commit(
                assertHeld(games.acquire(job.result().game(), "never finished", MINUTE))
                        .lease(),
                mark(job));
        RuntimeRecord record = Samples.failed();

        assertThat(games.commit(
                        lease,
                        new Commit(
                                Optional.of(entry(lease, record)),
                                Optional.of(record),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(job),
                                List.of(),
                                List.of(),
                                true,
                                Optional.of(deployment.withState("another state")),
                                Optional.of(Samples.AT))))
                .isFalse();

        assertThat(found().deployment()).contains(deployment);
        assertThat(found().dueAt()).isEmpty();
    }

    // --- when a game is due ---

    private Commit due(OperationEntry entry, RuntimeRecord record, Optional<Instant> dueAt) {
        return new Commit(
                Optional.of(entry),
                Optional.of(record),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                true,
                Optional.of(deployment),
                dueAt);
    }

    @Test
    void aGameIsDueWhenItsNewRecordSaysSo() {
        Lease lease = opened();
        RuntimeRecord record = Samples.running(HOST, lease.fence());

        games.commit(lease, due(entry(lease, record), record, Optional.of(Samples.AT)));
        assertThat(found().dueAt()).contains(Samples.AT);

        games.commit(lease, due(entry(lease, record), record, Optional.of(Samples.AT.minusSeconds(1))));
        assertThat(found().dueAt()).contains(Samples.AT.minusSeconds(1));

        games.commit(lease, due(entry(lease, record), record, Optional.empty()));
        assertThat(found().dueAt()).isEmpty();
    }

    @Test
    void anEndThatLeavesTheRecordLeavesWhenTheGameIsDue() {
        Lease lease = opened();
        RuntimeRecord record = Samples.running(HOST, lease.fence());
        games.commit(lease, due(entry(lease, record), record, Optional.of(Samples.AT)));

        for (Optional<Instant> said : List.of(Optional.<Instant>empty(), Optional.of(Samples.AT.plusSeconds(1)))) {
            games.commit(lease, due(Samples.unchanged(entry(lease, record)), record, said));

            assertThat(found().dueAt()).contains(Samples.AT);
            assertThat(found().record()).contains(record);
        }
        assertThat(found().head().seq()).isEqualTo(3);
    }
}
