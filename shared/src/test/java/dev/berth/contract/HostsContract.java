package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.port.Reservation;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The registry of hosts. */
public abstract class HostsContract extends StoreContract {
    protected HostsContract(StorePorts ports) {
        super(ports);
    }

    @ParameterizedTest
    @EnumSource
    void aHostIsFoundAsItWasRegistered(HostState state) {
        Host host = Samples.host(state);

        hosts.register(host);

        assertThat(hosts.find(host.id())).contains(host);
        assertThat(hosts.all()).contains(host);
    }

    @Test
    void aHostThatWasNeverRegisteredIsNotFound() {
        assertThat(hosts.find(new HostId(Samples.unique("host")))).isEmpty();
    }

    @Test
    void registeringAHostAgainChangesItAtOnceButNotItsStateNorWhatIsReservedThere() {
        Host host = Samples.host(HostState.ACTIVE);
        hosts.register(host);
        games.open(
                held(),
                Samples.deployment("state"),
                "never finished",
                Optional.of(new Reservation(host, Samples.AMOUNT)),
                MINUTE);
        Host changed = new Host(
                        host.id(),
                        URI.create("tcp://localhost:12376"),
                        "/elsewhere",
                        new Capacity(1, 2),
                        Capacity.NONE,
                        HostState.DRAINING,
                        Map.of("new", "label"))
                .withEngine(Optional.of("another engine"));

        hosts.register(changed);

        assertThat(hosts.find(host.id()))
                .contains(new Host(
                                changed.id(),
                                changed.endpoint(),
                                changed.tls(),
                                changed.capacity(),
                                capacity(1),
                                host.state(),
                                changed.labels())
                        .withEngine(changed.engine()));
    }

    @Test
    void registeringAHostAgainForgetsTheEngineThatNobodyLookedAt() {
        Host host = Samples.host(HostState.ACTIVE);
        hosts.register(host);

        hosts.register(host.withEngine(Optional.empty()));

        assertThat(hosts.find(host.id())).contains(host.withEngine(Optional.empty()));
    }

    @Test
    void whatIsReservedIsSeenAfterAFewSeconds() {
        Host host = Samples.host(HostState.ACTIVE);
        hosts.register(host);
        assertThat(hosts.all()).contains(host);

        games.open(
                held(),
                Samples.deployment("state"),
                "never finished",
                Optional.of(new Reservation(host, Samples.AMOUNT)),
                MINUTE);

        assertThat(reservedOn(host.id())).isEqualTo(capacity(1));
    }
}
