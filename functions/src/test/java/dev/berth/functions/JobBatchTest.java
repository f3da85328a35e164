package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.berth.aws.JsonTelemetry;
import dev.berth.aws.SqsJobQueue;
import dev.berth.aws.SqsResults;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.Hosts;
import dev.berth.wire.Json;
import dev.berth.wire.ResultJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What becomes of messages when something happens that nobody thought of. */
class JobBatchTest {
    private static final Duration ENOUGH = Duration.ofMinutes(5);

    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
    private final StandInQueue sqs = new StandInQueue();
    private final StandInQueue results = new StandInQueue();

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
        assertThat(sqs.sent).containsExactly("[]");
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

    @Test
    void answersForAHostThatNobodyKnows() {
        assertThat(handle(new NoHosts(), onHost("m1", "{\"host_id\": \"host-9\"}")))
                .isEmpty();
        assertThat(results.sent).singleElement().satisfies(result -> {
            assertThat(ResultJson.readHost(Json.parse(result)).host()).isEqualTo(new HostId("host-9"));
            assertThat(result).contains("\"not_found\"", "\"job_id\":\"m1\"");
        });
    }

    @Test
    void answersForAHostWhoseMessageIsRefusedAndNamesTheField() {
        assertThat(handle(new NoHosts(), onHost("m1", "{\"host_id\": \"host-9\", \"game_id\": \"g\"}")))
                .isEmpty();
        assertThat(results.sent)
                .singleElement()
                .satisfies(result -> assertThat(
                                ResultJson.readHost(Json.parse(result)).failure())
                        .contains(new Failure(ErrorCode.INVALID_REQUEST, "game_id is not a known field")));
        assertThat(sqs.sent).isEmpty();
    }

    @Test
    void buriesWhatNamesNoHost() {
        assertThat(handle(new NoHosts(), onHost("m1", "{\"game_id\": \"g\"}"))).isEmpty();
        assertThat(sqs.sent).containsExactly("{\"game_id\": \"g\"}");
        assertThat(results.sent).isEmpty();
    }

    @Test
    void keepsTheMessageOfAHostWhoseResultCannotBePublished() {
        results.down = true;
        assertThat(handle(new NoHosts(), onHost("m1", "{\"host_id\": \"host-9\"}")))
                .containsExactly("m1");
    }

    @Test
    void givesBackAHostThatCannotBeLookedUp() {
        NoHosts down = new NoHosts() {
            @Override
            public Optional<Host> read(HostId host) {
                throw new OperationFailed(ErrorCode.STORE_UNAVAILABLE, "simulated");
            }
        };

        assertThat(handle(down, onHost("m1", "{\"host_id\": \"host-9\"}"))).containsExactly("m1");
        assertThat(sqs.givenBack).singleElement().asString().startsWith("m1 ");
        assertThat(results.sent).isEmpty();
    }

    @Test
    void looksAtHostsSideBySide() {
        CyclicBarrier both = new CyclicBarrier(2);
        NoHosts meeting = new NoHosts() {
            @Override
            public Optional<Host> read(HostId host) {
                try {
                    both.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                    throw new IllegalStateException("the other host waits for this one", alone);
                }
                return Optional.empty();
            }
        };

        assertThat(handle(
                        meeting, onHost("m1", "{\"host_id\": \"host-1\"}"), onHost("m2", "{\"host_id\": \"host-2\"}")))
                .isEmpty();
        assertThat(results.sent)
                .hasSize(2)
                .allSatisfy(result -> assertThat(result).contains("not_found"));
    }

    private List<String> handle(Duration left, SQSMessage... messages) {
        return handle(left, new GameJobs(OpKind.STOP, new Operations(world(new NoHosts()))), messages);
    }

    private List<String> handle(Hosts hosts, SQSMessage... messages) {
        World world = world(hosts);
        ReconcileHost reconcile = new ReconcileHost(world, new Operations(world), SideBySide.threads());
        return handle(ENOUGH, new HostJobs(reconcile), messages);
    }

    private World world(Hosts hosts) {
        return new World(
                "berth",
                new DyingGames(asked),
                new NoBlobs(),
                hosts,
                (host, time) -> {
                    throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "there is none");
                },
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new SqsResults(results, "results"),
                new JsonTelemetry(logged::add),
                Clock.system());
    }

    private List<String> handle(Duration left, Jobs jobs, SQSMessage... messages) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(messages));
        SqsJobQueue queue = new SqsJobQueue(sqs, "jobs", "dead");
        JobBatch batch = new JobBatch(jobs, queue, new JsonTelemetry(logged::add), Clock.system());
        return new ArrayList<>(batch.handle(event, new TimeLeft(left)).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList());
    }

    private static SQSMessage onHost(String id, String body) {
        SQSMessage message = message(id, "any");
        message.setBody(body);
        return message;
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
