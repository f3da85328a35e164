package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Whatever befalls a host: two sweeps after it is back, records and engines say the same again. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(Fleet.ENGINES)
class HostFailuresIT {
    private static final HostId HOST = Fleet.HOSTS.getFirst();
    private static final HostId OTHER = Fleet.HOSTS.getLast();

    private final LocalFleet fleet;
    private final FleetTruth truth;
    private final FleetTables tables;

    HostFailuresIT(Fleet engines) {
        fleet = new LocalFleet(engines);
        truth = new FleetTruth(fleet);
        tables = new FleetTables(fleet);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void gamesOfAHostThatFreezesAreLostAfterAWhileAndFoundAgain() {
        GameId game = fleet.started(HOST);
        GameId elsewhere = fleet.started(OTHER);
        String container = fleet.container(game);
        var items = tables.items();
        fleet.freeze(HOST);
        fleet.sweepTwice();
        assertThat(fleet.host(HOST).notes().silentSince()).isPresent();
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.ACTIVE);
        assertThat(tables.items()).isEqualTo(items);

        fleet.clock.forward(Limits.LOST_AFTER);
        fleet.sweep();
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.LOST);
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.LOST);
        assertThat(tables.item(elsewhere)).isEqualTo(items.get(elsewhere.value()));

        fleet.thaw(HOST);
        fleet.sweepTwice();
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.ACTIVE);
        assertThat(fleet.host(HOST).notes().silentSince()).isEmpty();
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(fleet.container(game)).isEqualTo(container);
        truth.assertRight();
    }

    @Test
    void aHostThatComesBackIsInQuarantineUntilAllThereIsInOrder() {
        GameId game = fleet.started(HOST);
        String container = fleet.container(game);
        fleet.freeze(HOST);
        fleet.sweep();
        fleet.clock.forward(Limits.LOST_AFTER);
        fleet.sweep();
        fleet.thaw(HOST);
        fleet.at(HOST).remove(container);

        fleet.sweep();
        // What is missing has been seen only once.
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.QUARANTINED);
        fleet.sweepTwice();
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.ACTIVE);
        assertThat(fleet.record(game).status()).isEqualTo(RuntimeStatus.REMOVED);
        truth.assertRight();
    }

    /** Without live-restore its containers end with it, or as soon as it is there again. */
    @Test
    void gamesOfADaemonThatIsKilledAreAsTheirPoliciesSay() {
        GameId ended = fleet.started(HOST);
        GameId again = fleet.started(HOST, spec -> spec.put("restart", "always"));
        GameId elsewhere = fleet.started(OTHER);
        String container = fleet.container(again);
        fleet.fleet.engine(HOST).kill();
        fleet.sweep();
        assertThat(fleet.host(HOST).notes().silentSince()).isPresent();

        fleet.at(HOST).startAgain();
        fleet.sweepTwice();
        assertThat(fleet.host(HOST).notes().silentSince()).isEmpty();
        assertThat(fleet.record(ended).exit().orElseThrow().code()).contains(exitCode(ended));
        assertThat(fleet.record(again).status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(fleet.container(again)).isNotEqualTo(container);
        assertThat(fleet.record(elsewhere).status()).isEqualTo(RuntimeStatus.RUNNING);
        truth.assertRight();
    }

    private int exitCode(GameId game) {
        return fleet.at(HOST)
                .inspect(fleet.container(game))
                .path("State")
                .path("ExitCode")
                .asInt();
    }

    /** All its processes end at once, and its disk has lost what it knew of one container. */
    @Test
    void gamesOfAHostThatLosesItsPowerRunAgainWhereTheyShould() throws IOException {
        GameId stopped = fleet.started(HOST);
        fleet.done(OpKind.STOP, fleet.message(stopped));
        GameId failed = fleet.started(HOST);
        GameId again = fleet.started(HOST, spec -> spec.put("restart", "always"));
        GameId forgotten = fleet.started(HOST);
        List<ProcessHandle> processes = Stream.of(failed, again, forgotten)
                .flatMap(game -> processes(fleet.container(game)))
                .toList();
        Path lost = fleet.fleet.containersOf(HOST).resolve(fleet.container(forgotten));
        fleet.fleet.engine(HOST).kill();
        processes.forEach(ProcessHandle::destroyForcibly);
        delete(lost);

        fleet.at(HOST).startAgain();
        fleet.sweepTwice();
        assertThat(fleet.record(stopped).status()).isEqualTo(RuntimeStatus.STOPPED);
        assertThat(fleet.record(failed).status()).isEqualTo(RuntimeStatus.FAILED);
        assertThat(fleet.record(again).status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(fleet.record(forgotten).status()).isEqualTo(RuntimeStatus.REMOVED);
        assertThat(fleet.host(HOST).state()).isEqualTo(HostState.ACTIVE);
        truth.assertRight();
    }

    /** The container's own, and who watches over it. */
    private Stream<ProcessHandle> processes(String container) {
        long pid = fleet.at(HOST).inspect(container).path("State").path("Pid").asLong();
        ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
        ProcessHandle shim = first.parent().orElseThrow();
        return Stream.concat(Stream.of(shim), shim.descendants());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
