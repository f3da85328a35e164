package dev.berth.sim;

import static dev.berth.sim.Promises.require;

import dev.berth.model.Desired;
import dev.berth.model.GameContainer;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Container.State;
import java.util.List;
import java.util.Optional;

/** What must hold in a fleet that is reconciled, once nothing goes wrong any more: all is as it is recorded. */
final class FleetPromises {
    private final Sim sim;
    private final Promises promises;

    FleetPromises(Sim sim, Promises promises) {
        this.sim = sim;
        this.promises = promises;
    }

    /** After each change of a host: an operator's word is neither made up nor lost. */
    static void checkNotes(Sim sim, Host before, Host after) {
        boolean byOperator = sim.acting() != null && sim.acting().isOperator();
        boolean givenUp = after.notes().givenUp() && !before.notes().givenUp();
        boolean drained =
                after.notes().drain().isPresent() != before.notes().drain().isPresent();
        require(
                byOperator || (!givenUp && !drained),
                "only operators give hosts up and want them empty",
                () -> before + " became " + after);
    }

    void check() {
        sim.store().games().values().forEach(this::checkGame);
        sim.store().hosts().forEach(this::checkHost);
        sim.engines().values().forEach(this::checkContainers);
    }

    private void checkGame(GameRow row) {
        List<Box> live = promises.live(row.id);
        Optional<String> recorded = row.record
                .filter(record -> record.status() == RuntimeStatus.RUNNING)
                .flatMap(RuntimeRecord::container)
                .map(GameContainer::id);
        require(
                live.stream()
                        .map(box -> box.id)
                        .toList()
                        .equals(recorded.stream().toList()),
                "exactly what is recorded to run does run",
                () -> row.record + ", but there is " + live);
        row.record.ifPresent(record -> {
            require(record.status() != RuntimeStatus.LOST, "nothing stays lost", record::toString);
            require(
                    record.status() != RuntimeStatus.RUNNING || record.desired() == Desired.RUNNING,
                    "what was asked for is done in the end",
                    record::toString);
            require(
                    record.desired() != Desired.REMOVED
                            || record.status() == RuntimeStatus.REMOVED
                            || record.host().isEmpty(),
                    "what was asked for is done in the end",
                    record::toString);
        });
    }

    private void checkHost(Host host) {
        boolean wanted = host.notes().drain().isPresent();
        boolean used = wanted
                ? host.state() == HostState.DRAINING || host.state() == HostState.DRAINED
                : host.state() == HostState.ACTIVE;
        require(used, "a host that answers is used again", host::toString);
        require(host.notes().silentSince().isEmpty(), "a host that answers is not silent", host::toString);
        require(host.notes().missing().isEmpty(), "nothing is missing in the end", host::toString);
        boolean bound = sim.store().games().values().stream()
                .anyMatch(row -> row.record.flatMap(RuntimeRecord::host).equals(Optional.of(host.id())));
        require(host.state() != HostState.DRAINED || !bound, "nothing is on a host that is drained", host::toString);
        require(
                host.state() != HostState.DRAINING
                        || !host.notes().drain().orElseThrow().blocked().isEmpty(),
                "a host is drained, or it is told what cannot leave",
                host::toString);
    }

    private void checkContainers(EngineModel engine) {
        List<String> recorded = sim.store().games().values().stream()
                .flatMap(row -> row.record.flatMap(RuntimeRecord::container).stream())
                .map(GameContainer::id)
                .toList();
        List<Box> others = engine.boxes().values().stream()
                .filter(box -> !box.foreign && box.state != State.REMOVING && !recorded.contains(box.id))
                .filter(box -> box.state.live() || !box.name.contains(".quarantine-"))
                .toList();
        require(others.isEmpty(), "nothing of ours is left that is not recorded", others::toString);
    }
}
