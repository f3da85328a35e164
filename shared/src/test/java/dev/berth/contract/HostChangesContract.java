package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostNotes;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.port.Games.Opening;
import dev.berth.port.Reservation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a host after it was registered: its state, what is noted of it, its end. */
public abstract class HostChangesContract extends StoreContract {
    private static final Instant AT = Samples.AT;

    private final Host host = Samples.host(HostState.ACTIVE);

    protected HostChangesContract(StorePorts ports) {
        super(ports);
    }

    @BeforeEach
    void registerTheHost() {
        hosts.register(host);
    }

    private Host read() {
        return hosts.read(host.id()).orElseThrow();
    }

    private Opening reserve() {
        return games.open(
                held(),
                Samples.deployment("state"),
                "never finished",
                Optional.of(new Reservation(host, Samples.AMOUNT)),
                MINUTE);
    }

    private static HostNotes everything() {
        GameId blocked = Samples.game();
        GameId other = Samples.game();
        return HostNotes.NONE
                .withGivenUp(true)
                .withSilentSince(Optional.of(AT))
                .withMissing(Map.of(blocked, AT.minusSeconds(1), other, AT.plusSeconds(1)))
                .withDrain(Optional.of(new Drain(
                        AT,
                        List.of(blocked, other),
                        Map.of(blocked, Samples.AWKWARD),
                        Map.of(other, "it came back"),
                        Map.of(blocked, 7L))));
    }

    private static HostNotes version(long version, HostNotes notes) {
        return new HostNotes(version, notes.givenUp(), notes.silentSince(), notes.missing(), notes.drain());
    }

    @Test
    void whatIsNotedIsThereAtOnce() {
        hosts.all();
        HostNotes notes = everything();

        assertThat(hosts.change(read(), HostState.DRAINING, notes)).isTrue();

        Host changed = host.with(HostState.DRAINING, version(1, notes));
        assertThat(read()).isEqualTo(changed);
        assertThat(hosts.find(host.id())).contains(changed);
        assertThat(hosts.readAll()).contains(changed);
    }

    @Test
    void whatIsNoLongerNotedIsGone() {
        hosts.change(read(), HostState.DRAINING, everything());

        assertThat(hosts.change(read(), HostState.ACTIVE, HostNotes.NONE)).isTrue();

        assertThat(read()).isEqualTo(host.with(HostState.ACTIVE, version(2, HostNotes.NONE)));
    }

    @Test
    void noChangeOverwritesOneThatItHasNotSeen() {
        Host seen = read();
        HostNotes drained = HostNotes.NONE.withDrain(Optional.of(new Drain(AT, List.of(), Map.of())));
        hosts.change(seen, HostState.DRAINING, drained);

        assertThat(hosts.change(seen, HostState.QUARANTINED, HostNotes.NONE)).isFalse();
        assertThat(hosts.change(seen, HostState.DRAINING, HostNotes.NONE)).isFalse();

        assertThat(read()).isEqualTo(host.with(HostState.DRAINING, version(1, drained)));
        Host later = read();
        assertThat(hosts.change(later, HostState.DRAINED, drained)).isTrue();
        assertThat(hosts.change(later, HostState.LOST, drained)).isFalse();
        assertThat(read().state()).isEqualTo(HostState.DRAINED);
    }

    @Test
    void whatIsReservedMeanwhileStandsInNoChangesWay() {
        Host seen = read();
        reserve();

        assertThat(hosts.change(seen, HostState.DRAINING, everything())).isTrue();

        assertThat(read().reserved()).isEqualTo(capacity(1));
        assertThat(read().state()).isEqualTo(HostState.DRAINING);
    }

    @Test
    void registeringAHostAgainLeavesItsNotes() {
        HostNotes notes = everything();
        hosts.change(read(), HostState.LOST, notes);

        hosts.register(new Host(
                host.id(),
                URI.create("tcp://localhost:12376"),
                "/elsewhere",
                new Capacity(1, 2),
                Capacity.NONE,
                HostState.ACTIVE,
                Map.of()));

        assertThat(read().notes()).isEqualTo(version(1, notes));
        assertThat(read().state()).isEqualTo(HostState.LOST);
        assertThat(read().tls()).isEqualTo("/elsewhere");
    }

    @Test
    void aHostThatIsSilentOrNotActiveTakesNoGames() {
        hosts.change(read(), HostState.ACTIVE, HostNotes.NONE.withSilentSince(Optional.of(AT)));
        assertThat(reserve()).isEqualTo(new Opening.NoRoom());
        clock.pause(MINUTE.plusMillis(1));

        hosts.change(read(), HostState.QUARANTINED, HostNotes.NONE);
        assertThat(reserve()).isEqualTo(new Opening.NoRoom());
        clock.pause(MINUTE.plusMillis(1));

        hosts.change(read(), HostState.ACTIVE, HostNotes.NONE);
        assertThat(reserve()).isInstanceOf(Opening.Opened.class);
    }

    // --- the end of a host ---

    @Test
    void aHostWithoutGamesCanBeRemoved() {
        hosts.all();

        assertThat(hosts.remove(read())).isTrue();

        assertThat(hosts.read(host.id())).isEmpty();
        assertThat(hosts.find(host.id())).isEmpty();
        assertThat(hosts.readAll()).extracting(Host::id).doesNotContain(host.id());
    }

    @Test
    void soCanOneThatWasChangedBefore() {
        hosts.change(read(), HostState.DRAINED, everything());

        assertThat(hosts.remove(read())).isTrue();

        assertThat(hosts.read(host.id())).isEmpty();
    }

    @Test
    void aHostThatIsGoneAlreadyIsRemoved() {
        Host seen = read();
        hosts.remove(seen);

        assertThat(hosts.remove(seen)).isTrue();
    }

    @Test
    void aHostOnWhichSomethingIsReservedStays() {
        Host seen = read();
        reserve();

        assertThat(hosts.remove(seen)).isFalse();
        assertThat(hosts.remove(read())).isFalse();

        assertThat(read().reserved()).isEqualTo(capacity(1));
    }

    @Test
    void aHostThatWasChangedMeanwhileStays() {
        Host seen = read();
        hosts.change(seen, HostState.DRAINING, HostNotes.NONE);

        assertThat(hosts.remove(seen)).isFalse();

        assertThat(read().state()).isEqualTo(HostState.DRAINING);
    }

    @Test
    void nothingIsNotedOfAHostThatIsGone() {
        Host fresh = read();
        hosts.change(fresh, HostState.DRAINED, HostNotes.NONE);
        Host seen = read();
        hosts.remove(seen);

        assertThat(hosts.change(fresh, HostState.ACTIVE, HostNotes.NONE)).isFalse();
        assertThat(hosts.change(seen, HostState.ACTIVE, HostNotes.NONE)).isFalse();

        assertThat(hosts.read(host.id())).isEmpty();
    }
}
