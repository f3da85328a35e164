package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ports on the host: chosen by Berth where the spec names none, and what happens if a stranger has them. */
@ExtendWith(LocalBerth.Provided.class)
class PortsIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    PortsIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void choosesAnotherPortWhereAStrangerHasTheOneThatItWouldChoose() throws IOException {
        int usual = port(start("-first"));
        assertThat(usual).isBetween(Limits.FIRST_PORT, Limits.FIRST_PORT + Limits.PORTS - 1);
        done("StopJobs", "-stop");
        done("CleanupJobs", "-cleanup");

        try (ServerSocket _ = new ServerSocket(usual)) {
            assertThat(port(start("-second"))).isNotEqualTo(usual);
        }
        assertThat(berth.containers(game).path("list")).hasSize(1);
    }

    @Test
    void keepsThePortsOfAStoppedGameForItsNextStart() {
        int port = port(start("-first"));
        done("StopJobs", "-stop");

        assertThat(port(start("-second"))).isEqualTo(port);
    }

    @Test
    void saysThatAPortIsTakenWhichTheSpecNames() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0)) {
            ObjectNode message = berth.startOf(game, game + "-fixed");
            ObjectNode port = (ObjectNode) message.at("/spec/ports/0");
            port.put("host", stranger.getLocalPort());
            berth.deliver("StartFunction", message, Limits.MAX_DELIVERIES);

            ObjectNode result = berth.results.await(game + "-fixed");
            assertThat(result.path("error_code").asText()).as(result.toString()).isEqualTo("port_in_use");
            assertThat(berth.containers(game).path("list")).isEmpty();
        }
    }

    private ObjectNode start(String id) {
        berth.send("StartJobs", berth.startOf(game, game + id).toString());
        return succeeded(id);
    }

    private void done(String queue, String id) {
        berth.send(
                queue,
                Json.object()
                        .put("game_id", game.value())
                        .put("job_id", game + id)
                        .toString());
        succeeded(id);
    }

    private ObjectNode succeeded(String id) {
        ObjectNode result = berth.results.await(game + id);
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        return result;
    }

    private static int port(ObjectNode result) {
        return result.at("/endpoint/0/port").asInt();
    }
}
