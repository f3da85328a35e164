package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold on all engines of a fleet together while nobody is at anything. */
final class FleetTruth {
    private static final int ALL = 1_000;

    private final LocalFleet fleet;
    private final FleetTables tables;
    private final Set<String> strangers = new HashSet<>();

    FleetTruth(LocalFleet fleet) {
        this.fleet = fleet;
        this.tables = new FleetTables(fleet);
    }

    /** Who may run without being anybody's. */
    void except(String container) {
        strangers.add(container);
    }

    /** A container that may run, and where. */
    private record Live(HostId host, String id) {}

    /**
     * Each game that is recorded to run has one live container, the recorded one, and no other has any; what is reserved
     * is what the records say; nothing is under way.
     */
    void assertRight() {
        Map<GameId, List<Live>> live = live();
        Map<GameId, List<Live>> recorded = new HashMap<>();
        for (Game game : fleet.games.list(ALL)) {
            assertNobodyIsAt(game);
            game.record()
                    .filter(record -> record.status() == RuntimeStatus.RUNNING)
                    .ifPresent(record -> recorded.put(game.id(), List.of(live(record))));
        }
        assertThat(live).isEqualTo(recorded);
        recorded.forEach((game, containers) -> assertInspected(game, containers.getFirst()));
        Fleet.HOSTS.forEach(this::assertReserved);
    }

    private void assertNobodyIsAt(Game game) {
        assertThat(game.deployment()).as("open deployment of " + game.id()).isEmpty();
        assertThat(tables.item(game.id()))
                .doesNotContainKeys("lease_owner", "lease_until", "stop_requested", "recover_at");
    }

    private static Live live(RuntimeRecord record) {
        return new Live(
                record.host().orElseThrow(),
                record.container().map(GameContainer::id).orElseThrow());
    }

    private Map<GameId, List<Live>> live() {
        return Fleet.HOSTS.stream()
                .flatMap(host -> fleet.at(host).containers(fleet.stack).stream()
                        .filter(this::isOursAndLive)
                        .map(there -> Map.entry(
                                game(there), new Live(host, there.path("Id").asText()))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private boolean isOursAndLive(JsonNode there) {
        return Someone.isLive(there) && !strangers.contains(there.path("Id").asText());
    }

    private static GameId game(JsonNode there) {
        return new GameId(there.path("Labels").path("berth.game").asText());
    }

    private void assertInspected(GameId game, Live container) {
        JsonNode there = fleet.at(container.host()).inspect(container.id());
        assertThat(there.path("State").path("Running").asBoolean()).isTrue();
        assertThat(there.path("Name").asText()).isEqualTo("/" + fleet.stack + "_" + game);
        assertThat(there.path("HostConfig").path("RestartPolicy").path("Name").asText())
                .isEqualTo("no");
    }

    private void assertReserved(HostId id) {
        List<Placement> places = fleet.games.list(ALL).stream()
                .flatMap(game -> game.record().flatMap(RuntimeRecord::placement).stream())
                .filter(place -> place.host().equals(id))
                .toList();
        Host.Capacity sum = new Host.Capacity(
                places.stream().mapToLong(place -> place.reserved().milliVcpu()).sum(),
                places.stream()
                        .mapToLong(place -> place.reserved().memory().bytes())
                        .sum());
        assertThat(fleet.host(id).reserved()).as("reserved on " + id).isEqualTo(sum);
    }

    /** A game that lives on two hosts at this moment; may be asked while games are moved. */
    Optional<GameId> livingTwice() {
        return live().entrySet().stream()
                .filter(game -> game.getValue().size() > 1)
                // The hosts were asked one after the other; only what still lives when all are known lives twice.
                .filter(game -> game.getValue().stream()
                                .filter(there -> fleet.at(there.host()).isRunning(there.id()))
                                .count()
                        > 1)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
