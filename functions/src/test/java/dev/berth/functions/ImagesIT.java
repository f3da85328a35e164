package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.LocalRegistry;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.port.Clock;
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
            assertThat(inspected(result.path("container_id").asText()).at("/Image"))
                    .isEqualTo(idOf(berth.images.get("1.0.0")));
        }
    }

    // --- when an image is pulled ---

    @Test
    void pullsATagThatTheHostHasOnlyIfItIsAlwaysToBePulled() {
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            String image = registry.reference("games/moved:1.0.0");
            berth.engine.api().push(berth.images.get("1.0.1"), image);
            berth.tag(berth.images.get("1.0.0"), image);

            assertThat(imageOf(started(image, "if_not_present"))).isEqualTo(idOf(berth.images.get("1.0.0")));
            assertThat(imageOf(started(image, "always"))).isEqualTo(idOf(berth.images.get("1.0.1")));
        }
    }

    @Test
    void pullsNoDigestAgainThatTheHostHas() {
        String repository;
        JobResult first;
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            repository = registry.reference("games/pinned");
            berth.engine.api().push(berth.images.get("1.0.0"), repository + ":1.0.0");
            first = started(repository + ":1.0.0", "always");
        }

        JobResult second = started(repository + "@" + first.imageDigest().orElseThrow(), "always");

        assertThat(second.failure()).isEmpty();
        assertThat(imageOf(second)).isEqualTo(idOf(berth.images.get("1.0.0")));
    }

    @Test
    void pullsNothingWhereNothingIsToBePulled() {
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            String image = registry.reference("games/brought:1.0.0");
            berth.engine.api().push(berth.images.get("1.0.0"), image);

            JobResult result = started(image, "never");

            assertNothingPulled(result);
            assertThat(berth.containers(result.game()).path("list")).isEmpty();
        }
    }

    @Test
    void pullsNothingForARestartEitherWhereNothingIsToBePulled() {
        try (LocalRegistry registry = LocalRegistry.start(directory, _ -> {})) {
            String image = registry.reference("games/brought-once:1.0.0");
            berth.engine.api().push(berth.images.get("1.0.0"), image);
            JobResult first = started(image, "if_not_present");
            Untouched before = new Untouched(berth, new LiveGame(berth, first.game()));
            berth.engine.api().send("DELETE", "/images/" + image + "?force=true", "");

            JobResult result = finished(
                    Arena.job(OpKind.RESTART, Arena.message(first.game(), first.game() + "-restart")), "never");

            assertNothingPulled(result);
            before.assertStill();
        }
    }

    private static void assertNothingPulled(JobResult result) {
        assertThat(result.effect()).isEqualTo(Effect.ROLLED_BACK);
        assertThat(result.failure().orElseThrow().code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(result.failure().orElseThrow().text()).contains("nothing is pulled");
    }

    /** Of another game each time. */
    private JobResult started(String image, String pull) {
        GameId another = LocalBerth.newGame();
        ObjectNode message = berth.startOf(another, another + "-start").put("image_ref", image);
        return finished(Arena.job(OpKind.START, message), pull);
    }

    private JobResult finished(Job job, String pull) {
        try (Handler handler = new Handler(berth, Clock.system(), ImagePolicy.parse("", pull))) {
            return handler.finish(job);
        }
    }

    private JsonNode imageOf(JobResult result) {
        return inspected(result.container().orElseThrow()).at("/Image");
    }

    private JsonNode inspected(String container) {
        return Json.parse(berth.engine
                .api()
                .send("GET", "/containers/" + container + "/json", "")
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
