package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.lambda.Sandbox;
import dev.berth.model.GameId;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@ExtendWith(LocalBerth.Provided.class)
@Isolated
class KilledSandboxIT {
    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    KilledSandboxIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void endsRightWithOneContainerWhenTheSandboxIsKilledInTheMiddleOfAStart() {
        visibility("5");
        try {
            ObjectNode message = berth.startOf(game, game + "-killed");
            ((ObjectNode) message.path("spec")).put("settle_seconds", 8);
            berth.send("StartJobs", message.toString());
            Awaitility.await("the container of the first attempt")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> berth.containers(game).path("list").size() == 1);
            String first =
                    berth.containers(game).path("list").path(0).path("Id").asText();
            berth.aws.function("StartFunction").sandboxes().stream()
                    .filter(Sandbox::isBusy)
                    .forEach(Sandbox::kill);

            ObjectNode result = berth.results.await(game + "-killed");
            assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
            assertThat(result.path("effect").asText()).isEqualTo("resumed");
            assertThat(berth.containers(game).path("list")).hasSize(1);
            // What the dead attempt had created gave way: that attempt could have been only slow.
            assertThat(result.path("container_id").asText()).isNotEqualTo(first);
            assertThat(berth.entries(game)).hasSize(1);
            Game item = berth.game(game).orElseThrow();
            assertThat(item.record().orElseThrow().status()).isEqualTo(RuntimeStatus.RUNNING);
            assertThat(item.deployment()).isEmpty();
        } finally {
            visibility("5400");
        }
    }

    private void visibility(String seconds) {
        berth.sqs.setQueueAttributes(set -> set.queueUrl(berth.aws.queueUrl("StartJobs"))
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, seconds)));
    }
}
