package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every container that Berth makes is hardened and limited as promised, as the engine itself tells. */
@ExtendWith(LocalBerth.Provided.class)
class HardeningIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    HardeningIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void aStartedContainerIsHardened() {
        start(berth.startOf(game, game + "-plain"));

        assertHardened();
    }

    @Test
    void aStartedContainerOfAFullSpecIsHardened() {
        ObjectNode message = berth.startOf(game, game + "-full");
        ObjectNode spec = (ObjectNode) message.path("spec");
        spec.put("vcpu", 0.5).put("memory", "96M").put("read_only", true).put("user", "65534:65534");
        spec.putArray("volumes").addObject().put("name", "world").put("path", "/world");
        spec.putObject("labels").put("team", "blue");
        spec.putObject("env").put("MODE", "arena");
        start(message);

        assertHardened();
    }

    private void start(ObjectNode message) {
        berth.send("StartJobs", message.toString());
        ObjectNode result = berth.results.await(message.path("job_id").asText());
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
    }

    private void assertHardened() {
        Game now = berth.game(game).orElseThrow();
        String id = now.record().orElseThrow().container().orElseThrow().id();
        ObjectNode inspected = Json.parse(berth.engine
                .api()
                .send("GET", "/containers/" + id + "/json", "")
                .body());
        HardenedInspection.assertHardened(
                inspected, game, now.spec().orElseThrow(), now.record().orElseThrow());
    }
}
