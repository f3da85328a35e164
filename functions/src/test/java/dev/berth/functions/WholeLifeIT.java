package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One game from its start to its cleanup, through every queue and function, by the messages of {@code events}. */
@Tag("aws")
@ExtendWith(LocalBerth.Provided.class)
class WholeLifeIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    WholeLifeIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void leadsAGameThroughItsLifeByTheMessagesOfTheEvents() {
        ObjectNode start = done("start");
        ObjectNode restart = done("restart");
        ObjectNode patch = done("patch");
        ObjectNode stop = done("stop");
        done("cleanup");

        assertThat(restart.path("endpoint")).isEqualTo(start.path("endpoint"));
        assertThat(patch.path("endpoint")).isEqualTo(start.path("endpoint"));
        assertThat(Stream.of(start, restart, patch)
                        .map(result -> result.path("container_id").asText())
                        .distinct())
                .hasSize(3);
        assertThat(stop.path("container_id")).isEqualTo(patch.path("container_id"));
        assertThat(patch.path("image_ref").asText()).isEqualTo("berth-demo/game:1.0.1");

        assertThat(berth.game(game).flatMap(Game::record).map(RuntimeRecord::status))
                .contains(RuntimeStatus.REMOVED);
        assertThat(berth.containers(game).path("list")).isEmpty();
        assertThat(berth.entries(game))
                .extracting(entry -> entry.kind().wire())
                .containsExactly(
                        "start", "stop", "start", "restart", "stop", "start", "patch", "stop", "cleanup_container");
        List<String> ofRestart = berth.entries(game).subList(1, 4).stream()
                .map(entry -> entry.op().value())
                .toList();
        assertThat(ofRestart).containsOnly(restart.path("op_id").asText());
    }

    @Test
    void tellsASecretToTheContainerAndToNobodyElse() throws IOException {
        String secret = Json.object().put("token", "not-for-the-log").toString();
        Files.writeString(
                berth.secrets, Json.object().put("games/" + game, secret).toString());
        ObjectNode message = message("start");
        ((ObjectNode) message.path("spec")).putObject("env").put("TOKEN", "{{secret:games/" + game + "#token}}");

        ObjectNode started = done("start", message);

        assertThat(inspected(started.path("container_id").asText())
                        .path("Config")
                        .path("Env")
                        .toString())
                .contains("TOKEN=not-for-the-log");
        assertThat(berth.item(game).toString() + berth.entries(game) + started).doesNotContain("not-for-the-log");
        done("stop");
    }

    private ObjectNode done(String word) {
        return done(word, message(word));
    }

    private ObjectNode done(String word, ObjectNode message) {
        berth.send("berth-" + word + "-jobs", message.toString());
        ObjectNode result = berth.results.await(message.path("job_id").asText());
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        assertThat(result.path("effect").asText()).as(result.toString()).isEqualTo("changed");
        return result;
    }

    /** The event's message, but for a game of ours and, where it is placed, on the one host that runs. */
    private ObjectNode message(String word) {
        String file = LocalBerth.ROOT.resolve("events/" + word + ".json").toString();
        ObjectNode message = Json.parse(
                EventLoader.loadSQSEvent(file).getRecords().getFirst().getBody());
        message.put("game_id", game.value()).put("job_id", game + "-" + word);
        if (message.path("spec") instanceof ObjectNode spec) {
            spec.putObject("host_labels").put("name", LocalBerth.HOST.value());
        }
        return message;
    }

    private JsonNode inspected(String container) {
        return Json.parse(berth.engine
                .api()
                .send("GET", "/containers/" + container + "/json", "")
                .body());
    }
}
