package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.action.Deployment;
import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Hosts;
import dev.berth.port.Lease;
import dev.berth.port.OperationLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the contracts of all tables need. */
public abstract class StoreContract {
    static final Duration MINUTE = Duration.ofMinutes(1);

    final Games games;
    final Hosts hosts;
    final OperationLog log;
    final HandClock clock;
    final GameId game = Samples.game();

    StoreContract(StorePorts ports) {
        games = ports.games();
        hosts = ports.hosts();
        log = ports.log();
        clock = ports.clock();
    }

    Acquisition acquire() {
        return games.acquire(game, "never finished", MINUTE);
    }

    Lease held() {
        return assertHeld(acquire()).lease();
    }

    static Acquisition.Held assertHeld(Acquisition acquisition) {
        assertThat(acquisition).isInstanceOf(Acquisition.Held.class);
        return (Acquisition.Held) acquisition;
    }

    Game found() {
        return games.find(game).orElseThrow();
    }

    /** As it is read anew, after what is remembered of hosts has been forgotten. */
    Capacity reservedOn(HostId host) {
        clock.pause(Duration.ofSeconds(6));
        return hosts.find(host).orElseThrow().reserved();
    }

    static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(call)
                .satisfies(failure ->
                        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code));
    }

    static Capacity capacity(int times) {
        return new Capacity(
                (long) times * Samples.AMOUNT.milliVcpu(),
                times * Samples.AMOUNT.memory().bytes());
    }

    static Lease withOtherOwner(Lease lease) {
        return new Lease(lease.game(), lease.fence(), "somebody else", lease.until());
    }

    static Lease withFence(Lease lease, long fence) {
        return new Lease(lease.game(), new Fence(fence), lease.owner(), lease.until());
    }

    // --- commits ---

    OperationEntry entry(Lease lease, RuntimeRecord record) {
        return Samples.entry(game, games.find(game).orElseThrow().head(), lease.fence(), record, Optional.empty());
    }

    /** So many entries of the game, of one attempt that goes on. */
    List<OperationEntry> written(int count) {
        Lease lease = held();
        List<OperationEntry> entries = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            entries.add(append(lease, entry(lease, Samples.failed())));
        }
        return entries;
    }

    OperationEntry append(Lease lease, OperationEntry entry) {
        games.commit(lease, keeping(entry, entry.change().orElseThrow(), true, Optional.empty()));
        return entry;
    }

    static Commit commit(
            OperationEntry entry, RuntimeRecord record, Optional<FinishedJob> claim, Placement... givenBack) {
        return new Commit(
                Optional.of(entry),
                Optional.of(record),
                Optional.empty(),
                Optional.empty(),
                claim,
                List.of(givenBack),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** A commit after which the attempt goes on. */
    static Commit keeping(OperationEntry entry, RuntimeRecord record, boolean lease, Optional<Deployment> deployment) {
        return new Commit(
                Optional.of(entry),
                Optional.of(record),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                lease,
                deployment,
                Optional.empty());
    }

    /** A commit that says nothing of the game: its job was refused before anything was known. */
    static Commit mark(FinishedJob claim) {
        return new Commit(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Samples.AT),
                Optional.of(claim),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
