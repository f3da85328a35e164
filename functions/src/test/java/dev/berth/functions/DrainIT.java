package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.operation.SideBySide;
import dev.berth.operation.World;
import dev.berth.port.Bound;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Twenty games leave their host, although whoever moves them is killed at it. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(value = Fleet.ENGINES, mode = ResourceAccessMode.READ)
class DrainIT {
    private static final HostId HOST = Fleet.HOSTS.getFirst();
    private static final int GAMES = 20;
    private static final int AT_ONCE = 4;

    /** Several games have moved by then, and several are just being moved. */
    private static final int DEATH = 200;

    private final LocalFleet fleet;
    private final FleetTruth truth;

    DrainIT(Fleet engines) {
        fleet = new LocalFleet(engines);
        truth = new FleetTruth(fleet);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void isFinishedByTheNextSweepsAndNoGameEverLivesTwice() {
        Queue<GameId> games = new ConcurrentLinkedQueue<>();
        GameId kept = fleet.onlyOn(HOST, () -> {
            Runnable start = () -> games.add(fleet.started(_ -> {}));
            SideBySide.threads().run(Stream.generate(() -> start).limit(GAMES).toList(), AT_ONCE);
            return fleet.started(DrainIT::withVolume);
        });
        assertThat(games).hasSize(GAMES);
        assertThat(games).extracting(fleet::hostOf).containsOnly(HOST);
        drain();

        try (Watch watch = new Watch(truth)) {
            Doom doom = Doom.before(DEATH);
            assertThatExceptionOfType(Doom.Killed.class)
                    .isThrownBy(() -> fleet.schedules.look(HOST, doomed(doom), Doom.threads()));
            assertThat(games).anyMatch(this::isBeingMoved);
            assertThat(games).extracting(fleet::hostOf).contains(HOST).anyMatch(host -> !host.equals(HOST));
            fleet.sweepTwice();
            truth.assertRight();
            assertThat(watch.seen()).isEmpty();
        }
        assertThat(games)
                .extracting(fleet::record)
                .extracting(RuntimeRecord::status)
                .containsOnly(RuntimeStatus.RUNNING);
        assertThat(games).extracting(fleet::hostOf).doesNotContain(HOST);
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.DRAINING);
        assertThat(fleet.host(HOST).notes().drain().map(Drain::blocked))
                .contains(Map.of(kept, "its volumes are on this host"));

        fleet.done(OpKind.STOP, fleet.message(kept));
        fleet.sweepTwice();
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.DRAINED);
        assertThat(fleet.at(HOST).containers(fleet.stack)).isEmpty();
        fleet.change(HOST, HostState.ACTIVE, fleet.host(HOST).notes().withDrain(Optional.empty()));
        fleet.done(OpKind.START, fleet.message(kept).put("image_ref", fleet.fleet.image));
        assertThat(fleet.hostOf(kept)).isEqualTo(HOST);
        truth.assertRight();
    }

    private boolean isBeingMoved(GameId game) {
        return fleet.games.find(game).flatMap(Game::deployment).isPresent();
    }

    private static void withVolume(ObjectNode spec) {
        spec.putArray("volumes").addObject().put("name", "world").put("path", "/world");
    }

    /** As an operator's command does. */
    private void drain() {
        List<GameId> bound =
                fleet.games.boundTo(HOST, 2 * GAMES).stream().map(Bound::game).toList();
        Drain drain = new Drain(fleet.clock.now(), bound, Map.of());
        fleet.change(HOST, HostState.DRAINING, fleet.host(HOST).notes().withDrain(Optional.of(drain)));
    }

    private World doomed(Doom doom) {
        ContainerHosts engines = fleet.world.containerHosts();
        return fleet.world(
                doom.guarding(Games.class, fleet.games),
                doom.guarding(Hosts.class, fleet.hosts),
                (host, left, ended) -> doom.guarding(ContainerHost.class, engines.connect(host, left, ended)));
    }

    /** Looks all the time whether a game lives twice. */
    private static final class Watch implements AutoCloseable {
        private final Queue<GameId> seen = new ConcurrentLinkedQueue<>();
        private final Thread eye;
        private volatile boolean open = true;

        Watch(FleetTruth truth) {
            eye = Thread.ofVirtual().start(() -> {
                while (open) {
                    truth.livingTwice().ifPresent(seen::add);
                }
            });
        }

        List<GameId> seen() {
            assertThat(eye.isAlive()).isTrue();
            return List.copyOf(seen);
        }

        @Override
        public void close() {
            open = false;
            try {
                eye.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
