package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("aws")
@ExtendWith(LocalBerth.Provided.class)
class StartAndStopIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    StartAndStopIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void leadsAStartAndAStopFromTheQueueToContainerRecordEntriesAndResults() throws Exception {
        String startId = game + "-start";
        ObjectNode message = berth.startOf(game, startId).put("source_ref", "match-7");
        berth.send("StartJobs", message.toString());
        ObjectNode started = berth.results.await(startId);

        assertThat(started.path("outcome").asText()).as(started.toString()).isEqualTo("success");
        assertThat(started.path("effect").asText()).isEqualTo("changed");
        assertThat(started.path("op_source").asText()).isEqualTo("lobby_stream");
        assertThat(started.path("source_ref").asText()).isEqualTo("match-7");
        assertThat(started.path("host_id").asText()).isEqualTo("host-1");
        assertThat(started.path("image_digest").asText()).startsWith("sha256:");
        assertThat(started.path("seq").asLong()).isEqualTo(1);
        assertThat(answerOf(started.path("endpoint").path(0))).contains("1.0.0");

        RuntimeRecord running = berth.game(game).flatMap(Game::record).orElseThrow();
        assertThat(running.status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(running.container().orElseThrow().id())
                .isEqualTo(started.path("container_id").asText());
        JsonNode containers = berth.containers(game).path("list");
        assertThat(containers).hasSize(1);
        assertThat(containers.path(0).path("Names").path(0).asText()).isEqualTo("/berth_" + game);
        assertThat(containers.path(0).path("Labels").path("berth.op").asText())
                .isEqualTo(started.path("op_id").asText());

        String stopId = game + "-stop";
        berth.send(
                "StopJobs",
                Json.object().put("game_id", game.value()).put("job_id", stopId).toString());
        ObjectNode stopped = berth.results.await(stopId);

        assertThat(stopped.path("outcome").asText()).as(stopped.toString()).isEqualTo("success");
        assertThat(stopped.path("seq").asLong()).isEqualTo(2);
        RuntimeRecord after = berth.game(game).flatMap(Game::record).orElseThrow();
        assertThat(after.status()).isEqualTo(RuntimeStatus.STOPPED);
        assertThat(after.exit().orElseThrow().code()).contains(0);
        assertThat(berth.containers(game).path("list").path(0).path("State").asText())
                .isEqualTo("exited");

        List<OperationEntry> entries = berth.entries(game);
        assertThat(entries).hasSize(2);
        assertThat(entries.get(1).prevHash()).isEqualTo(EntryJson.hash(entries.get(0)));
        assertThat(entries.get(1).change()).contains(after);
        Game item = berth.game(game).orElseThrow();
        assertThat(item.head().hash()).isEqualTo(EntryJson.hash(entries.get(1)));
        assertThat(item.deployment()).isEmpty();
    }

    @Test
    void stopsAGameByItsOwnSignal() {
        assertThat(exitOf("trap 'exit 7' INT; trap 'exit 8' TERM", "SIGINT", 10))
                .isEqualTo(7);
    }

    @Test
    void killsAGameThatIsNotDoneWhenItsOwnGraceIsOver() {
        assertThat(exitOf("trap 'sleep 5; exit 0' TERM", "SIGTERM", 1)).isEqualTo(137);
    }

    /** The exit code, by record and engine, of a game that is stopped as its spec says, and the message does not. */
    private int exitOf(String traps, String signal, int graceSeconds) {
        ObjectNode message = berth.startOf(game, game + "-start");
        ObjectNode spec = (ObjectNode) message.path("spec");
        spec.putArray("command").add("sh").add("-c").add(traps + "; touch /www/ready; sleep 60 & wait");
        spec.putObject("health")
                .put("interval_seconds", 1)
                .putArray("command")
                .add("test")
                .add("-e")
                .add("/www/ready");
        spec.putObject("stop").put("signal", signal).put("grace_seconds", graceSeconds);
        assertThat(done("StartJobs", message)).isEqualTo("success");

        assertThat(done("StopJobs", Arena.message(game, game + "-stop"))).isEqualTo("success");

        RuntimeRecord record = berth.game(game).flatMap(Game::record).orElseThrow();
        int code = record.exit().orElseThrow().code().orElseThrow();
        assertThat(new LiveGame(berth, game).inspected().at("/State/ExitCode").asInt())
                .isEqualTo(code);
        return code;
    }

    private String done(String queue, ObjectNode message) {
        berth.send(queue, message.toString());
        return berth.results
                .await(message.path("job_id").asText())
                .path("outcome")
                .asText();
    }

    private static String answerOf(JsonNode endpoint) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + endpoint.path("host").asText() + ":"
                + endpoint.path("port").asInt() + "/");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
