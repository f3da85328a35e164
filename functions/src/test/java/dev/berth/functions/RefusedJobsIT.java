package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

@Tag("aws")
@ExtendWith(LocalBerth.Provided.class)
class RefusedJobsIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    RefusedJobsIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void tellsThatAnUnknownGameCannotBeStopped() {
        berth.send("StopJobs", stop("-unknown").toString());
        ObjectNode result = berth.results.await(game + "-unknown");
        assertThat(result.path("error_code").asText()).isEqualTo("not_found");
        assertThat(result.path("seq").isNull()).isTrue();
        assertThat(berth.entries(game)).isEmpty();
    }

    @Test
    void letsAStopThatOvertakesItsStartWin() {
        berth.send("StopJobs", stop("-early").toString());
        berth.results.await(game + "-early");
        berth.send(
                "StartJobs",
                berth.startOf(game, game + "-late")
                        .put("requested_at", "2026-01-01T00:00:00Z")
                        .toString());
        assertThat(berth.results.await(game + "-late").path("error_code").asText())
                .isEqualTo("superseded");
        assertThat(berth.containers(game).path("list")).isEmpty();
    }

    @Test
    void namesTheFieldOfAnInvalidMessageAndKeepsTheOthersOfItsBatchGoing() {
        GameId good = LocalBerth.newGame();
        berth.sqs.sendMessageBatch(send -> send.queueUrl(berth.aws.queueUrl("StartJobs"))
                .entries(
                        entry("1", "no json at all"),
                        entry(
                                "2",
                                berth.startOf(game, game + "-bad")
                                        .put("colour", "blue")
                                        .toString()),
                        entry("3", berth.startOf(good, good + "-good").toString())));
        assertThat(berth.results.await(good + "-good").path("outcome").asText()).isEqualTo("success");
        ObjectNode bad = berth.results.await(game + "-bad");
        assertThat(bad.path("error_code").asText()).isEqualTo("invalid_request");
        assertThat(bad.path("error_message").asText())
                .isEqualTo("colour is not a known field (" + bad.path("op_id").asText() + ")");
        Message dead = dead("StartJobsDead", "no json at all");
        assertThat(dead.messageAttributes().get("error_code").stringValue()).isEqualTo("invalid_request");
        assertThat(dead.messageAttributes().get("error_message").stringValue()).contains("not JSON");
    }

    @Test
    void writesTheRefusalIntoTheLogOfAKnownGame() {
        berth.send("StartJobs", berth.startOf(game, game + "-start").toString());
        berth.results.await(game + "-start");
        berth.send("StopJobs", stop("-grace").put("grace_seconds", 301).toString());
        ObjectNode refused = berth.results.await(game + "-grace");
        assertThat(refused.path("error_message").asText())
                .isEqualTo("grace_seconds must be 0 to 300 ("
                        + refused.path("op_id").asText() + ")");
        assertThat(refused.path("seq").asLong()).isEqualTo(2);
        assertThat(berth.entries(game)).hasSize(2);
    }

    @Test
    void refusesAJobThatIsFoundAfterItsDeadline() {
        berth.send(
                "StartJobs",
                berth.startOf(game, game + "-tardy")
                        .put("deadline", "2026-01-01T00:00:00Z")
                        .toString());
        assertThat(berth.results.await(game + "-tardy").path("error_code").asText())
                .isEqualTo("deadline_exceeded");
        assertThat(berth.containers(game).path("list")).isEmpty();
    }

    @Test
    void recordsOneFailureAtTheLastDeliveryOfAJobWhoseHostIsDown() throws IOException {
        HostId down = new HostId(game + "-host");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        berth.register(down, "tcp://127.0.0.1:" + port, berth.engine.tls());
        ObjectNode message = berth.startOf(game, game + "-down");
        ((ObjectNode) message.path("spec").path("host_labels")).put("name", down.value());

        assertThat(berth.deliver("StartFunction", message, 9)).contains("\"itemIdentifier\":\"message-1\"");
        assertThat(berth.entries(game)).isEmpty();
        assertThat(berth.deliver("StartFunction", message, 10)).doesNotContain("message-1");

        ObjectNode result = berth.results.await(game + "-down");
        assertThat(result.path("error_code").asText()).isEqualTo("host_unreachable");
        assertThat(result.path("effect").asText()).isEqualTo("rolled_back");
        assertThat(berth.entries(game)).hasSize(1);
        assertThat(berth.game(game).orElseThrow().record()).isEmpty();
        assertThat(berth.game(game).orElseThrow().deployment()).isEmpty();
        assertThat(berth.hosts.find(down).orElseThrow().reserved().memoryBytes())
                .isZero();
    }

    private ObjectNode stop(String id) {
        return Json.object().put("game_id", game.value()).put("job_id", game + id);
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    private Message dead(String queue, String body) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            List<Message> messages = berth.sqs
                                    .receiveMessage(receive -> receive.queueUrl(berth.aws.queueUrl(queue))
                                            .maxNumberOfMessages(10)
                                            .visibilityTimeout(1)
                                            .messageAttributeNames("All"))
                                    .messages();
                            return messages.stream()
                                    .filter(message -> message.body().equals(body))
                                    .findFirst();
                        },
                        java.util.Optional::isPresent)
                .orElseThrow();
    }
}
