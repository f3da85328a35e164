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
        start(full("-full"));

        assertHardened();
    }

    private ObjectNode full(String id) {
        ObjectNode message = berth.startOf(game, game + id);
        ObjectNode spec = (ObjectNode) message.path("spec");
        spec.put("vcpu", 0.5).put("memory", "96M").put("read_only", true).put("user", "65534:65534");
        spec.putArray("volumes").addObject().put("name", "world").put("path", "/world");
        spec.putObject("labels").put("team", "blue");
        spec.putObject("env").put("MODE", "arena");
        spec.putObject("stop").put("signal", "SIGINT");
        ObjectNode health = spec.putObject("health");
        health.putArray("command").add("test").add("-e").add("/game.sh");
        health.put("interval_seconds", 1).put("timeout_seconds", 7).put("retries", 4);
        health.put("start_period_seconds", 2);
        return message;
    }

    @Test
    void soIsEveryOneThatComesInItsPlace() {
        start(full("-life"));

        assertThat(done("RestartJobs", job("-restart"))).isEqualTo("success");
        assertHardened();
        assertThat(done("PatchJobs", job("-patch").put("image_ref", berth.images.get("1.0.1"))))
                .isEqualTo("success");
        assertHardened();
        assertThat(done("PatchJobs", job("-broken").put("image_ref", berth.images.get("broken"))))
                .isEqualTo("failure");
        assertHardened();
    }

    private ObjectNode job(String id) {
        return Json.object().put("game_id", game.value()).put("job_id", game + id);
    }

    private void start(ObjectNode message) {
        assertThat(done("StartJobs", message)).isEqualTo("success");
    }

    private String done(String queue, ObjectNode message) {
        berth.send(queue, message.toString());
        return berth.results
                .await(message.path("job_id").asText())
                .path("outcome")
                .asText();
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
