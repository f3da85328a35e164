package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.berth.aws.JsonTelemetry;
import dev.berth.aws.SqsJobQueue;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What becomes of messages when something happens that nobody thought of. */
class JobBatchTest {
    private static final Duration ENOUGH = Duration.ofMinutes(5);

    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
    private final StandInQueue sqs = new StandInQueue();

    @Test
    void losesNoMessageWhenTheMemoryRunsOutInAnotherOne() {
        assertThat(handle(ENOUGH, message("m1", "dying"), message("m2", "dying"), message("m3", "busy")))
                .containsExactlyInAnyOrder("m1", "m2", "m3");
        assertThat(asked).containsExactlyInAnyOrder("dying", "dying", "busy");
        assertThat(logged).anySatisfy(line -> assertThat(line).contains("OutOfMemoryError"));
    }

    @Test
    void givesBackWhatItHasNoTimeToBegin() {
        assertThat(handle(Duration.ofSeconds(30), message("m1", "busy"))).containsExactly("m1");
        assertThat(asked).isEmpty();
        assertThat(sqs.givenBack).containsExactly("m1 0");
    }

    @Test
    void buriesWhatNamesNoGameAndKeepsItIfThatFails() {
        SQSMessage unusable = message("m1", "x");
        unusable.setBody("[]");
        assertThat(handle(ENOUGH, unusable)).isEmpty();
        assertThat(sqs.buried).containsExactly("[]");
        sqs.down = true;
        assertThat(handle(ENOUGH, unusable)).containsExactly("m1");
    }

    @Test
    void keepsAMessageThatCannotBeGivenBack() {
        sqs.down = true;
        assertThat(handle(ENOUGH, message("m1", "busy"))).containsExactly("m1");
    }

    @Test
    void backsOffLongerWithEachDeliveryButNotForEver() {
        for (int delivery = 1; delivery <= 12; delivery++) {
            Duration most = Duration.ofSeconds(Math.min(60, 2L << (delivery - 1)));
            assertThat(JobBatch.backOff(delivery)).isBetween(most.dividedBy(2), most);
        }
    }

    private List<String> handle(Duration left, SQSMessage... messages) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(messages));
        SqsJobQueue queue = new SqsJobQueue(sqs, "jobs", "dead", "results");
        Operations operations = new Operations(new World(
                "berth",
                new DyingGames(asked),
                new NoBlobs(),
                new NoHosts(),
                (host, time) -> {
                    throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "there is none");
                },
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                queue,
                new JsonTelemetry(logged::add),
                Clock.system()));
        JobBatch batch = new JobBatch(OpKind.STOP, operations, queue, new JsonTelemetry(logged::add), Clock.system());
        return new ArrayList<>(batch.handle(event, new TimeLeft(left)).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList());
    }

    private static SQSMessage message(String id, String game) {
        SQSMessage message = new SQSMessage();
        message.setMessageId(id);
        message.setReceiptHandle(id);
        message.setBody("{\"game_id\": \"" + new GameId(game) + "\"}");
        message.setAttributes(Map.of("ApproximateReceiveCount", "1", "SentTimestamp", "1767225600000"));
        return message;
    }
}
