package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a game keeps while its containers come and go: its port, its files, its volumes. */
@ExtendWith(LocalBerth.Provided.class)
class WhatStaysIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();
    private final LiveGame live;
    private int jobs;

    WhatStaysIT(LocalBerth berth) {
        this.berth = berth;
        live = new LiveGame(berth, game);
    }

    // --- files and volumes ---

    @Test
    void hasTheFilesOfItsSpecInEachContainer() {
        ObjectNode start = berth.startOf(game, game + "-start");
        ObjectNode file = ((ObjectNode) start.path("spec")).putArray("files").addObject();
        file.put("path", "/www/rules.html").put("content", "no cheating").put("mode", "0644");

        done("StartFunction", start);
        assertThat(live.page("rules.html")).contains("no cheating");
        done("RestartFunction", message());
        assertThat(live.page("rules.html")).contains("no cheating");
        done("PatchFunction", message().put("image_ref", berth.images.get("1.0.1")));
        assertThat(live.page("rules.html")).contains("no cheating");
        done("StopFunction", message());
    }

    @Test
    void keepsItsVolumesUntilAnOperatorPurgesThem() {
        startWithAVolume();
        live.write("world/state.html", "built");
        done("RestartFunction", message());
        assertThat(live.page("world/state.html")).contains("built");
        done("PatchFunction", message().put("image_ref", berth.images.get("1.0.1")));
        assertThat(live.page("world/state.html")).contains("built");
        done("StopFunction", message());
        done("CleanupFunction", message());
        startWithAVolume();
        assertThat(live.page("world/state.html")).contains("built");

        done("StopFunction", message());
        done("CleanupFunction", message().put("op_source", "admin_rest").put("purge_volumes", true));
        startWithAVolume();
        assertThat(live.answer()).isEqualTo("demo game 1.0.0");
        assertThat(live.page("world/state.html")).isEmpty();
        done("StopFunction", message());
    }

    @Test
    void volumesOfARemovedGameCanStillBePurged() {
        startWithAVolume();
        live.write("world/state.html", "built");
        done("StopFunction", message());
        done("CleanupFunction", message());
        assertThat(done("CleanupFunction", message()).path("effect").asText()).isEqualTo("noop");

        assertThat(purged()).isEqualTo("changed");
        assertThat(purged()).isEqualTo("noop");
        startWithAVolume();
        assertThat(live.page("world/state.html")).isEmpty();
        done("StopFunction", message());
    }

    private String purged() {
        ObjectNode purge = message().put("op_source", "admin_rest").put("purge_volumes", true);
        return done("CleanupFunction", purge).path("effect").asText();
    }

    // --- what its next container needs ---

    @Test
    void isLeftAloneIfASecretOfItsSpecIsNotThereAnyMore() throws IOException {
        Files.writeString(
                berth.secrets, Json.object().put("games/" + game, "hunter2").toString());
        ObjectNode start = berth.startOf(game, game + "-start");
        ((ObjectNode) start.path("spec")).putObject("env").put("TOKEN", "{{secret:games/" + game + "}}");
        done("StartFunction", start);
        Untouched before = new Untouched(berth, live);
        Files.writeString(berth.secrets, "{}");

        ObjectNode result = deliver("RestartFunction", message(), 1);

        assertThat(result.path("error_code").asText()).as(result.toString()).isEqualTo("invalid_request");
        assertThat(result.path("error_message").asText()).contains("spec.env.TOKEN");
        before.assertStill();
        done("StopFunction", message());
    }

    private void startWithAVolume() {
        ObjectNode start = berth.startOf(game, game + "-" + ++jobs);
        ObjectNode volume =
                ((ObjectNode) start.path("spec")).putArray("volumes").addObject();
        volume.put("name", "world").put("path", "/www/world");
        done("StartFunction", start);
    }

    // --- its port, and who else may have taken it ---

    @Test
    void keepsAPortThatWasItsSecondChoice() throws IOException {
        done("StartFunction", berth.startOf(game, game + "-first"));
        int usual = live.port();
        done("StopFunction", message());
        done("CleanupFunction", message());
        try (ServerSocket _ = new ServerSocket(usual)) {
            done("StartFunction", berth.startOf(game, game + "-second"));
        }
        int port = live.port();
        assertThat(port).isNotEqualTo(usual);

        done("RestartFunction", message());
        assertThat(live.port()).isEqualTo(port);
        assertThat(live.answer()).isEqualTo("demo game 1.0.0");
        done("PatchFunction", message().put("image_ref", berth.images.get("1.0.1")));
        assertThat(live.port()).isEqualTo(port);
        assertThat(live.answer()).isEqualTo("demo game 1.0.1");
        done("StopFunction", message());
    }

    @Test
    void waitsForItsPortWhileAStrangerHasItAndThenGoesOn() throws IOException {
        done("StartFunction", berth.startOf(game, game + "-start"));
        int port = live.port();
        ObjectNode restart = message();
        live.kill();
        try (ServerSocket _ = new ServerSocket(port)) {
            assertThat(Json.parse(berth.deliver("RestartFunction", restart, 1)).path("batchItemFailures"))
                    .hasSize(1);
        }

        ObjectNode result = done("RestartFunction", restart);

        assertThat(result.path("effect").asText()).isEqualTo("resumed");
        assertThat(live.port()).isEqualTo(port);
        assertThat(live.answer()).isEqualTo("demo game 1.0.0");
        done("StopFunction", message());
    }

    @Test
    void saysThatItFailedIfTheStrangerKeepsThePortAndComesBackThereLater() throws IOException {
        done("StartFunction", berth.startOf(game, game + "-start"));
        int port = live.port();
        String container = live.container();
        live.kill();
        try (ServerSocket _ = new ServerSocket(port)) {
            ObjectNode result = deliver("RestartFunction", message(), 10);

            assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("failure");
            assertThat(result.path("error_code").asText()).isEqualTo("port_in_use");
            assertThat(result.path("error_message").asText()).contains(Integer.toString(port));
        }
        RuntimeRecord record = berth.game(game).flatMap(Game::record).orElseThrow();
        assertThat(record.status()).isEqualTo(RuntimeStatus.FAILED);
        assertThat(record.failure()).contains(ErrorCode.PORT_IN_USE);
        assertThat(live.container()).isEqualTo(container);
        assertThat(live.names()).containsExactly("berth_" + game);
        assertThat(berth.entries(game))
                .extracting(entry -> entry.kind())
                .containsExactly(OpKind.START, OpKind.STOP, OpKind.RESTART);

        done("RestartFunction", message());
        assertThat(live.port()).isEqualTo(port);
        assertThat(live.answer()).isEqualTo("demo game 1.0.0");
        done("StopFunction", message());
    }

    // --- jobs of the game, one behind the other ---

    private ObjectNode message() {
        return Arena.message(game, game + "-" + ++jobs);
    }

    private ObjectNode done(String function, ObjectNode message) {
        ObjectNode result = deliver(function, message, 2);
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        return result;
    }

    private ObjectNode deliver(String function, ObjectNode message, int delivery) {
        String payload = berth.deliver(function, message, delivery);
        assertThat(Json.parse(payload).path("batchItemFailures")).as(payload).isEmpty();
        return berth.results.await(message.path("job_id").asText());
    }
}
