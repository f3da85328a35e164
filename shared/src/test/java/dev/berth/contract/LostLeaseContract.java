package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.berth.action.Deployment;
import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostState;
import dev.berth.model.LogHead;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever does not hold the lease changes nothing. */
public abstract class LostLeaseContract extends StoreContract {
    private static final FinishedJob CLAIM = Samples.finished(Samples.game(), Optional.empty());

    protected LostLeaseContract(StorePorts ports) {
        super(ports);
    }

    /** A write under a lease, to be tried under one that is not good. */
    interface Write {
        void make(Games games, Lease lease, Host host);
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                arguments("save", (Write) LostLeaseContract::save),
                arguments("raise", (Write) (games, lease, _) -> games.raise(lease, new Fence(41))),
                arguments("open", (Write) LostLeaseContract::open),
                arguments("release", (Write) (games, lease, _) -> games.release(lease, Optional.empty())),
                arguments("release with a deployment", (Write)
                        (games, lease, _) -> games.release(lease, Optional.of(Samples.deployment("bad")))),
                arguments("commit", (Write) LostLeaseContract::commit));
    }

    static Stream<Arguments> writesUnderLeasesThatAreNotGood() {
        Map<String, UnaryOperator<Lease>> leases = Map.of(
                "another owner", StoreContract::withOtherOwner,
                "an earlier fence", lease -> withFence(lease, lease.fence().value() - 1),
                "a later fence", lease -> withFence(lease, lease.fence().value() + 1));
        return leases.entrySet().stream()
                .flatMap(lease -> writes().map(
                                write -> arguments(write.get()[0], lease.getKey(), write.get()[1], lease.getValue())));
    }

    private static void save(Games games, Lease lease, Host host) {
        games.save(lease, Samples.deployment("bad"), MINUTE.multipliedBy(5));
    }

    private static void open(Games games, Lease lease, Host host) {
        games.open(
                lease,
                Samples.deployment("bad"),
                "never finished",
                Optional.of(new Reservation(host, Samples.AMOUNT)),
                MINUTE);
    }

    private static void commit(Games games, Lease lease, Host host) {
        RuntimeRecord record = Samples.running(host.id(), lease.fence());
        games.commit(
                lease,
                commit(
                        Samples.entry(lease.game(), LogHead.EMPTY, lease.fence(), record, Optional.empty()),
                        record,
                        Optional.of(CLAIM),
                        new Placement(host.id(), Samples.AMOUNT)));
    }

    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("writesUnderLeasesThatAreNotGood")
    void aWriteIsRefusedAndChangesNothing(String write, String lease, Write bad, UnaryOperator<Lease> spoilt) {
        Deployment deployment = Samples.deployment("good");
        Host host = Samples.host(HostState.ACTIVE);
        hosts.register(host);
        Lease good = opened(host, deployment);
        Game before = found();

        assertFails(ErrorCode.LEASE_LOST, () -> bad.make(games, spoilt.apply(good), host));

        assertThat(found()).isEqualTo(before);
        assertThat(log.read(game, 0, 10)).isEmpty();
        assertThat(games.finished(CLAIM.key())).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(capacity(1));
        assertThat(games.save(good, deployment, MINUTE).lease().fence()).isEqualTo(good.fence());
    }

    private Lease opened(Host host, Deployment deployment) {
        Games.Opening opening = games.open(
                held(), deployment, "never finished", Optional.of(new Reservation(host, Samples.AMOUNT)), MINUTE);
        assertThat(opening).isInstanceOf(Games.Opening.Opened.class);
        return ((Games.Opening.Opened) opening).lease();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void aWriteToAGameThatIsNotThereMakesNone(String write, Write bad) {
        Host host = Samples.host(HostState.ACTIVE);
        hosts.register(host);
        Lease invented =
                new Lease(Samples.game(), new Fence(7), "me", clock.now().plus(MINUTE));

        assertFails(ErrorCode.LEASE_LOST, () -> bad.make(games, invented, host));

        assertThat(games.find(invented.game())).isEmpty();
        assertThat(reservedOn(host.id())).isEqualTo(Capacity.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void whoeverWasOvertakenChangesNothing(String write, Write bad) {
        Host host = Samples.host(HostState.ACTIVE);
        hosts.register(host);
        Lease overtaken = held();
        clock.pause(MINUTE.plusMillis(1));
        Lease winner = held();
        Game before = found();

        assertFails(ErrorCode.LEASE_LOST, () -> bad.make(games, overtaken, host));

        assertThat(found()).isEqualTo(before);
        games.save(winner, Samples.deployment("winner"), MINUTE);
    }
}
