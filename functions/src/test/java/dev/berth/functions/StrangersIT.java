package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OpKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What is not provably ours stays as it is, whatever it says of itself and whatever becomes of the game it names. */
@ExtendWith(Fleet.Provided.class)
@ResourceLock(value = Fleet.ENGINES, mode = ResourceAccessMode.READ)
class StrangersIT {
    private final LocalFleet fleet;
    private final FleetTruth truth;
    private final List<Stranger> strangers = new ArrayList<>();

    StrangersIT(Fleet engines) {
        fleet = new LocalFleet(engines);
        truth = new FleetTruth(fleet);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    /** A container of somebody else, as it was at first. */
    private record Stranger(HostId host, String id, JsonNode name, JsonNode state) {}

    @Test
    void areLeftAloneByEverySweep() {
        HostId host = Fleet.HOSTS.getFirst();
        GameId game = fleet.started(host);
        Map<String, String> ours = fleet.at(host).labels(fleet.container(game));
        // No game has its name there.
        make(Fleet.HOSTS.getLast(), fleet.stack + "_" + game, Map.of());
        forgeries(ours).forEach(labels -> {
            int n = strangers.size();
            make(Fleet.HOSTS.get(n % Fleet.HOSTS.size()), fleet.stack + ".stranger-" + n, labels);
        });
        assertThat(strangers).hasSizeGreaterThanOrEqualTo(20);

        assertNobodyIsTouched();
        truth.assertRight();
        fleet.clock.forward(Duration.ofHours(1));
        assertNobodyIsTouched();
        truth.assertRight();
        fleet.done(OpKind.STOP, fleet.message(game));
        fleet.done(OpKind.CLEANUP_CONTAINER, fleet.message(game));
        assertNobodyIsTouched();
        truth.assertRight();
    }

    /** All that is needed but for one thing each. */
    private static Stream<Map<String, String>> forgeries(Map<String, String> ours) {
        Stream<Map<String, String>> without = Stream.of("owner", "game", "fence", "op", "spec", "image")
                .map(label -> {
                    Map<String, String> labels = new HashMap<>(ours);
                    labels.remove("berth." + label);
                    return labels;
                });
        Stream<Map<String, String>> with = Stream.of(
                        Map.entry("owner", "another-stack"),
                        Map.entry("owner", ""),
                        Map.entry("game", "Not_A_Game"),
                        Map.entry("game", ""),
                        // All is right, but it has not the name that such a game's container has.
                        Map.entry("game", "a-game-that-nobody-knows"),
                        Map.entry("fence", "high"),
                        Map.entry("fence", "-1"),
                        Map.entry("fence", ""),
                        Map.entry("fence", "9999999999999999999"),
                        // Start, stop and cleanup have had three, and a sweep needs none to look.
                        Map.entry("fence", "4"),
                        Map.entry("op", "op-something"),
                        Map.entry("spec", "0123abcd"),
                        Map.entry("image", "latest"))
                .map(forged -> {
                    Map<String, String> labels = new HashMap<>(ours);
                    labels.put("berth." + forged.getKey(), forged.getValue());
                    return labels;
                });
        return Stream.concat(Stream.concat(without, with), Stream.of(Map.of("com.example.owner", "somebody")));
    }

    /** Every second one runs. */
    private void make(HostId host, String name, Map<String, String> labels) {
        Someone there = fleet.at(host);
        String id = strangers.size() % 2 == 0
                ? there.run(name, labels, fleet.fleet.image)
                : there.create(name, labels, fleet.fleet.image);
        JsonNode now = there.inspect(id);
        strangers.add(new Stranger(host, id, now.path("Name"), now.path("State")));
        truth.except(id);
    }

    private void assertNobodyIsTouched() {
        fleet.sweepTwice();
        assertThat(strangers).allSatisfy(stranger -> {
            JsonNode now = fleet.at(stranger.host()).inspect(stranger.id());
            assertThat(now.path("Name")).isEqualTo(stranger.name());
            // Among others: when it was started.
            assertThat(now.path("State")).isEqualTo(stranger.state());
        });
    }
}
