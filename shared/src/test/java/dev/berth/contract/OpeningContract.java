package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostState;
import dev.berth.model.Resources;
import dev.berth.model.Size;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening a deployment and reserving its place: all of it, or nothing. */
public abstract class OpeningContract extends StoreContract {
    private final Deployment deployment = Samples.deployment(Samples.AWKWARD);

    protected OpeningContract(StorePorts ports) {
        super(ports);
    }

    private Host registered(HostState state) {
        Host host = Samples.host(state);
        hosts.register(host);
        return host;
    }

    private Opening open(Lease lease, Host host, Resources amount) {
        return games.open(lease, deployment, "never finished", Optional.of(new Reservation(host, amount)), MINUTE);
    }

    @Test
    void withRoomTheDeploymentIsOpenAndItsPlaceReserved() {
        Host host = registered(HostState.ACTIVE);
        Lease lease = held();
        clock.pause(Duration.ofSeconds(20));

        Opening opening = open(lease, host, Samples.AMOUNT);

        Lease extended =
                new Lease(game, lease.fence(), lease.owner(), clock.now().plus(MINUTE));
        assertThat(opening).isEqualTo(new Opening.Opened(extended));
        assertThat(acquire()).isEqualTo(new Acquisition.Busy(extended.until()));
        assertThat(found().deployment()).contains(deployment);
        assertThat(reservedOn(host.id())).isEqualTo(capacity(1));
    }

    @Test
    void withoutAReservationTheDeploymentIsOpenAllTheSame() {
        Opening opening = games.open(held(), deployment, "never finished", Optional.empty(), MINUTE);

        assertThat(opening).isInstanceOf(Opening.Opened.class);
        assertThat(found().deployment()).contains(deployment);
    }

    @Test
    void aHostTakesAsManyAsItHasRoomForAndNoMore() {
        Host host = registered(HostState.ACTIVE);
        for (int i = 0; i < 2; i++) {
            Lease other = assertHeld(games.acquire(Samples.game(), "never finished", MINUTE))
                    .lease();
            assertThat(open(other, host, Samples.AMOUNT)).isInstanceOf(Opening.Opened.class);
        }

        assertThat(open(held(), host, Samples.AMOUNT)).isEqualTo(new Opening.NoRoom());

        assertThat(found().deployment()).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(capacity(2));
    }

    @Test
    void aHostCanBeFilledToTheBrim() {
        Host host = registered(HostState.ACTIVE);
        Resources all = new Resources(
                (int) host.capacity().milliVcpu(), new Size(host.capacity().memoryBytes()));

        assertThat(open(held(), host, all)).isInstanceOf(Opening.Opened.class);

        assertThat(reservedOn(host.id())).isEqualTo(host.capacity());
    }

    @Test
    void oneProcessorOrOneByteTooManyIsTooMuch() {
        Host host = registered(HostState.ACTIVE);
        Capacity all = host.capacity();
        Resources processors = new Resources((int) all.milliVcpu() + 1, Samples.AMOUNT.memory());
        Resources memory = new Resources(100, new Size(all.memoryBytes() + 1));

        assertThat(open(held(), host, processors)).isEqualTo(new Opening.NoRoom());
        clock.pause(MINUTE.plusMillis(1));
        assertThat(open(held(), host, memory)).isEqualTo(new Opening.NoRoom());

        assertThat(reservedOn(host.id())).isEqualTo(Capacity.NONE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void aHostThatIsNotActiveTakesNoGame(HostState state) {
        Host host = registered(state);

        assertThat(open(held(), host, Samples.AMOUNT)).isEqualTo(new Opening.NoRoom());

        assertThat(found().deployment()).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(Capacity.NONE);
    }

    @Test
    void aHostThatIsNotRegisteredTakesNoGame() {
        Host host = Samples.host(HostState.ACTIVE);

        assertThat(open(held(), host, Samples.AMOUNT)).isEqualTo(new Opening.NoRoom());

        assertThat(hosts.find(host.id())).isEmpty();
    }

    @Test
    void aHostWhoseCapacityHasChangedSinceItWasReadIsToBeReadAgain() {
        Host host = registered(HostState.ACTIVE);
        hosts.register(new Host(
                host.id(),
                host.endpoint(),
                host.tls(),
                new Capacity(64_000, 64L << 30),
                Capacity.NONE,
                HostState.ACTIVE,
                host.labels()));

        assertThat(open(held(), host, Samples.AMOUNT)).isEqualTo(new Opening.NoRoom());

        assertThat(reservedOn(host.id())).isEqualTo(Capacity.NONE);
    }

    @Test
    void forAJobThatIsFinishedNothingIsOpenedNorReserved() {
        Host host = registered(HostState.ACTIVE);
        FinishedJob job = Samples.finished(game, Optional.empty());
        games.commit(held(), mark(job));
        Lease lease = held();

        Opening opening =
                games.open(lease, deployment, job.key(), Optional.of(new Reservation(host, Samples.AMOUNT)), MINUTE);

        assertThat(opening).isEqualTo(new Opening.FinishedBefore());
        assertThat(found().deployment()).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(Capacity.NONE);
        games.release(lease, Optional.empty());
    }

    @Test
    void ofSeveralReasonsTheLostLeaseIsToldFirstAndThenTheFinishedJob() {
        Host host = registered(HostState.DRAINING);
        FinishedJob job = Samples.finished(game, Optional.empty());
        games.commit(held(), mark(job));
        Lease lease = held();
        Optional<Reservation> place = Optional.of(new Reservation(host, Samples.AMOUNT));

        assertFails(
                ErrorCode.LEASE_LOST, () -> games.open(withOtherOwner(lease), deployment, job.key(), place, MINUTE));
        assertThat(games.open(lease, deployment, job.key(), place, MINUTE)).isEqualTo(new Opening.FinishedBefore());
    }
}
