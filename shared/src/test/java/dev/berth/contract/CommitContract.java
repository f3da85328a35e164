package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostState;
import dev.berth.model.LogHead;
import dev.berth.model.OperationEntry;
import dev.berth.model.Placement;
import dev.berth.model.Resources;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import dev.berth.wire.EntryJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ending an operation in one transaction, and the log that comes of it. */
public abstract class CommitContract extends StoreContract {
    private final Host host = Samples.host(HostState.ACTIVE);
    private final Deployment deployment = Samples.deployment("state");
    private final Placement place = new Placement(host.id(), Samples.AMOUNT);

    protected CommitContract(StorePorts ports) {
        super(ports);
    }

    @BeforeEach
    void registerTheHost() {
        hosts.register(host);
    }

    /** A lease under which a deployment is open and a place reserved. */
    private Lease opened() {
        Opening opening = games.open(
                held(), deployment, "never finished", Optional.of(new Reservation(host, Samples.AMOUNT)), MINUTE);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opening).lease();
    }

    @Test
    void everythingOfAnEndIsWritten() {
        Lease lease = opened();
        RuntimeRecord record = Samples.running(host.id(), lease.fence());
        OperationEntry entry = entry(lease, record);
        FinishedJob job = Samples.finished(game, Optional.empty());
        RuntimeSpec spec = Samples.spec(Map.of("GREETING", Samples.AWKWARD));

        boolean done = games.commit(
                lease,
                new Commit(
                        Optional.of(entry),
                        Optional.of(record),
                        Optional.of(spec),
                        Optional.of(Samples.AT),
                        Optional.of(job),
                        List.of(place),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty()));

        assertThat(done).isTrue();
        assertThat(found())
                .isEqualTo(new Game(
                        game,
                        lease.fence(),
                        Optional.of(record),
                        Optional.of(spec),
                        new LogHead(1, EntryJson.hash(entry)),
                        Optional.empty(),
                        Optional.of(Samples.AT),
                        Optional.empty()));
        assertThat(log.read(game, 0, 10)).containsExactly(EntryJson.logged(entry));
        assertThat(games.finished(job.key())).contains(job);
        assertThat(reservedOn(host.id())).isEqualTo(Capacity.NONE);
        assertThat(held().fence().value()).isEqualTo(2);
    }

    @Test
    void ofARecordNothingIsLeftWhenTheNextOneHasLess() {
        Lease lease = opened();
        RuntimeRecord first = Samples.running(host.id(), lease.fence());
        RuntimeSpec spec = Samples.spec(Map.of());
        games.commit(
                lease,
                new Commit(
                        Optional.of(entry(lease, first)),
                        Optional.of(first),
                        Optional.of(spec),
                        Optional.of(Samples.AT),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        true,
                        Optional.empty(),
                        Optional.empty()));
        RuntimeRecord second = Samples.failed();
        OperationEntry entry = entry(lease, second);

        games.commit(lease, commit(entry, second, Optional.empty()));

        assertThat(found())
                .isEqualTo(new Game(
                        game,
                        lease.fence(),
                        Optional.of(second),
                        Optional.empty(),
                        new LogHead(2, EntryJson.hash(entry)),
                        Optional.empty(),
                        Optional.of(Samples.AT),
                        Optional.empty()));
    }

    @Test
    void ofAJobOnAGameThatIsNotKnownOnlyItsResultAndItsTimeAreKept() {
        FinishedJob job = Samples.finished(game, Optional.of("no such game"));

        assertThat(games.commit(held(), mark(job))).isTrue();

        assertThat(found().known()).isFalse();
        assertThat(found().record()).isEmpty();
        assertThat(found().lastRequestedAt()).contains(Samples.AT);
        assertThat(games.finished(job.key())).contains(job);
    }

    @Test
    void whatIsGivenBackTwiceOnOneHostIsAddedUp() {
        Lease lease = opened();
        games.open(
                assertHeld(games.acquire(Samples.game(), "never finished", MINUTE))
                        .lease(),
                deployment,
                "never finished",
                Optional.of(new Reservation(host, Samples.AMOUNT)),
                MINUTE);
        Host other = Samples.host(HostState.DRAINING);
        hosts.register(other);
        Placement half = new Placement(host.id(), new Resources(500, Samples.AMOUNT.memory()));

        RuntimeRecord record = Samples.failed();
        games.commit(lease, commit(entry(lease, record), record, Optional.empty(), place, half));

        assertThat(reservedOn(host.id())).isEqualTo(new Capacity(1000, 0));
        assertThat(reservedOn(other.id())).isEqualTo(Capacity.NONE);
    }

    private Commit moving(Lease lease, List<Placement> givenBack, List<Placement> taken) {
        RuntimeRecord record = Samples.failed();
        return new Commit(
                Optional.of(entry(lease, record)),
                Optional.of(record),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                givenBack,
                taken,
                false,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whatIsInUseAlreadyIsReservedWhetherThereIsRoomOrNot() {
        Host full = Samples.host(HostState.QUARANTINED);
        hosts.register(full);
        Placement there = new Placement(full.id(), Samples.AMOUNT);
        Lease lease = opened();

        assertThat(games.commit(lease, moving(lease, List.of(), List.of(there, there, there))))
                .isTrue();

        assertThat(reservedOn(full.id())).isEqualTo(capacity(3));
    }

    @Test
    void whatIsTakenAndGivenBackOnOneHostIsAddedUp() {
        Lease lease = opened();
        Placement half = new Placement(host.id(), new Resources(500, Samples.AMOUNT.memory()));
        Host other = Samples.host(HostState.ACTIVE);
        hosts.register(other);

        games.commit(lease, moving(lease, List.of(place), List.of(half, new Placement(other.id(), Samples.AMOUNT))));

        assertThat(reservedOn(host.id()))
                .isEqualTo(new Capacity(500, Samples.AMOUNT.memory().bytes()));
        assertThat(reservedOn(other.id())).isEqualTo(capacity(1));
    }

    @Test
    void whatIsGivenBackAndTakenAgainStays() {
        Lease lease = opened();

        assertThat(games.commit(lease, moving(lease, List.of(place), List.of(place))))
                .isTrue();

        assertThat(reservedOn(host.id())).isEqualTo(capacity(1));
    }

    @Test
    void onAHostThatIsNotRegisteredNothingCanBeTaken() {
        Host unknown = Samples.host(HostState.ACTIVE);
        Lease lease = opened();
        Game before = found();

        assertFails(
                ErrorCode.STORE_UNAVAILABLE,
                () -> games.commit(
                        lease, moving(lease, List.of(place), List.of(new Placement(unknown.id(), Samples.AMOUNT)))));

        assertThat(found()).isEqualTo(before);
        assertThat(log.read(game, 0, 10)).isEmpty();
        assertThat(hosts.read(unknown.id())).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(capacity(1));
    }

    @Test
    void ofAJobThatWasFinishedAlreadyNothingIsWritten() {
        FinishedJob job = Samples.finished(game, Optional.empty());
        games.commit(held(), mark(job));
        Lease lease = opened();
        Game before = found();
        RuntimeRecord record = Samples.failed();
        FinishedJob again = new FinishedJob(
                job.key(),
                "another hash",
                Samples.finished(game, Optional.of("again")).result());

        assertThat(games.commit(lease, commit(entry(lease, record), record, Optional.of(again), place)))
                .isFalse();

        assertThat(found()).isEqualTo(before);
        assertThat(games.finished(job.key())).contains(job);
        assertThat(log.read(game, 0, 10)).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(capacity(1));
        games.save(lease, deployment, MINUTE);
    }

    @Test
    void anEntryNeverReplacesAnotherOne() {
        Lease lease = opened();
        RuntimeRecord record = Samples.running(host.id(), lease.fence());
        OperationEntry first = entry(lease, record);
        OperationEntry again = entry(lease, Samples.failed());
        games.commit(lease, keeping(first, record, true, Optional.of(deployment)));
        Game before = found();
        FinishedJob job = Samples.finished(game, Optional.empty());

        assertFails(
                ErrorCode.LOG_CORRUPT,
                () -> games.commit(lease, commit(again, Samples.failed(), Optional.of(job), place)));
        assertFails(
                ErrorCode.LOG_CORRUPT,
                () -> games.commit(lease, commit(again, Samples.failed(), Optional.empty(), place)));

        assertThat(found()).isEqualTo(before);
        assertThat(log.read(game, 0, 10)).containsExactly(EntryJson.logged(first));
        assertThat(games.finished(job.key())).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(capacity(1));
    }

    @Test
    void aRequestToStopIsForgottenWithTheEndOfWhatItWasMeantFor() {
        Lease lease = held();
        games.requestStop(game, Samples.AT);
        RuntimeRecord record = Samples.failed();

        games.commit(lease, commit(entry(lease, record), record, Optional.empty()));

        assertThat(games.save(held(), deployment, MINUTE).stopRequested()).isEmpty();
    }
}
