package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.LocalRegistry;
import dev.berth.model.GameId;
import dev.berth.wire.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalBerth.Provided.class)
class ImagesIT {
    @TempDir
    Path directory;

    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    ImagesIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void pullsAnImageThatTheHostDoesNotHaveAndPinsItsDigest() {
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            String image = registry.reference("games/arena:1.0.1");
            berth.engine.api().push(berth.images.get("1.0.1"), image);
            ObjectNode result = start(image, "-pulled");
            assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
            String known = berth.engine
                    .api()
                    .send("GET", "/images/" + image + "/json", "")
                    .body();
            assertThat(known).contains("@" + result.path("image_digest").asText());
        }
    }

    @Test
    void saysThatTheRegistryDoesNotHaveAnImageAndLeavesNothingBehind() {
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            ObjectNode result = start(registry.reference("games/none:1.0.0"), "-absent");
            assertThat(result.path("error_code").asText()).as(result.toString()).isEqualTo("image_not_found");
            assertThat(result.path("effect").asText()).isEqualTo("rolled_back");
            assertThat(berth.containers(game).path("list")).isEmpty();
            assertThat(berth.game(game).orElseThrow().record()).isEmpty();
            assertThat(berth.game(game).orElseThrow().deployment()).isEmpty();
        }
    }

    @Test
    void restartsTheVeryImageThatTheGameHasWhateverItsTagMeansByThen() {
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            String image = registry.reference("games/moving:1.0.0");
            berth.engine.api().push(berth.images.get("1.0.0"), image);
            String digest = start(image, "-first").path("image_digest").asText();
            // The tag moves, in the registry and on the host.
            berth.engine.api().push(berth.images.get("1.0.1"), image);

            berth.send(
                    "RestartJobs",
                    Json.object()
                            .put("game_id", game.value())
                            .put("job_id", game + "-restart")
                            .toString());
            ObjectNode result = berth.results.await(game + "-restart");

            assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
            assertThat(result.path("image_digest").asText()).isEqualTo(digest);
            assertThat(inspected(result).at("/Image")).isEqualTo(idOf(berth.images.get("1.0.0")));
        }
    }

    private JsonNode inspected(ObjectNode result) {
        return Json.parse(berth.engine
                .api()
                .send("GET", "/containers/" + result.path("container_id").asText() + "/json", "")
                .body());
    }

    private JsonNode idOf(String image) {
        return Json.parse(berth.engine
                        .api()
                        .send("GET", "/images/" + image + "/json", "")
                        .body())
                .at("/Id");
    }

    private ObjectNode start(String image, String id) {
        berth.send(
                "StartJobs",
                berth.startOf(game, game + id).put("image_ref", image).toString());
        return berth.results.await(game + id);
    }
}
