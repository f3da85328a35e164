package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.EmfTelemetry;
import dev.berth.aws.SqsJobQueue;
import dev.berth.aws.SqsResults;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;

/** What becomes of messages when something happens that nobody thought of. */
class JobBatchTest {
    private static final Duration ENOUGH = Duration.ofMinutes(5);
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

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
                        .contains(new Failure(ErrorCode.INVALID_REQUEST, "game_id is not a known field")
                                .with(OpId.of(new JobId("m1")))));
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

    @Test
    void readsTheHostsWhileTheFirstJobTakesItsGame() {
        List<Boolean> meanwhile = new CopyOnWriteArrayList<>();
        NoHosts slow = new NoHosts() {
            @Override
            public List<Host> all() {
                Instant limit = Instant.now().plusSeconds(30);
                while (asked.isEmpty() && Instant.now().isBefore(limit)) {
                    Clock.system().pause(Duration.ofMillis(1));
                }
                meanwhile.add(!asked.isEmpty());
                throw new OperationFailed(ErrorCode.STORE_UNAVAILABLE, "simulated");
            }
        };

        assertThat(handle(ENOUGH, stops(slow), message("m1", "busy"), message("m2", "busy")))
                .containsExactlyInAnyOrder("m1", "m2");
        assertThat(asked).containsExactly("busy", "busy");
        assertThat(meanwhile).as("once, and a game was taken before it ended").containsExactly(true);
    }

    @Test
    void tellsOfEachMessageThatItTakesUpWhatItIsAboutAndNotWhatItSays() {
        SQSMessage message = message("m1", "busy");
        message.setBody("{\"game_id\": \"busy\", \"job_id\": \"job-1\", \"source_ref\": \"ticket-7\","
                + " \"colour\": \"not-for-the-log\"}");
        message.getAttributes().put("ApproximateReceiveCount", "3");

        assertThat(handle(ENOUGH, message)).containsExactly("m1");
        assertThat(lines("received")).singleElement().satisfies(line -> {
            assertThat(line.path("op_id").asText())
                    .isEqualTo(OpId.of(new JobId("job-1")).value());
            assertThat(line.path("queue").asText()).isEqualTo("jobs");
            assertThat(line.path("message_id").asText()).isEqualTo("m1");
            assertThat(line.path("job_id").asText()).isEqualTo("job-1");
            assertThat(line.path("game_id").asText()).isEqualTo("busy");
            assertThat(line.path("op_source").asText()).isEqualTo("lobby_stream");
            assertThat(line.path("source_ref").asText()).isEqualTo("ticket-7");
            assertThat(line.path("deliveries").asInt()).isEqualTo(3);
            assertThat(line.path("QueueAge").asLong()).isPositive();
        });
        assertThat(logged).noneMatch(line -> line.contains("not-for-the-log"));
    }

    @Test
    void tellsOfAMessageForAHostAndOfOneThatItBuries() {
        assertThat(handle(new NoHosts(), onHost("m1", "{\"host_id\": \"host-9\"}"), onHost("m2", "{}")))
                .isEmpty();
        assertThat(lines("received"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line.path("host_id").asText()).isEqualTo("host-9"));
        assertThat(lines("buried")).singleElement().satisfies(line -> {
            assertThat(line.path("op_id").asText())
                    .isEqualTo(OpId.of(new JobId("m2")).value());
            assertThat(line.path("error_code").asText()).isEqualTo("invalid_request");
        });
        assertThat(sqs.requests.getFirst().messageAttributes().get("op_id").stringValue())
                .isEqualTo(OpId.of(new JobId("m2")).value());
    }

    @Test
    void tellsOfADefectUnderTheOpIdOfItsJob() {
        SQSMessage message = message("m1", "dying");
        message.setBody("{\"game_id\": \"dying\", \"job_id\": \"job-1\"}");

        assertThat(handle(ENOUGH, message)).containsExactly("m1");
        assertThat(lines("defect"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("op_id").asText())
                        .isEqualTo(OpId.of(new JobId("job-1")).value()));
    }

    @Test
    void passesTheTraceOfAMessageOnAndHasItInEveryLine() {
        SQSMessage answered = onHost("m1", "{\"host_id\": \"host-9\"}");
        SQSMessage buried = onHost("m2", "{}");
        for (SQSMessage message : List.of(answered, buried)) {
            message.getAttributes().put("AWSTraceHeader", TRACE);
        }

        assertThat(handle(new NoHosts(), answered, buried)).isEmpty();
        assertThat(logged)
                .hasSize(4)
                .allSatisfy(line ->
                        assertThat(Json.parse(line).path("trace").asText()).isEqualTo(TRACE));
        assertThat(List.of(results.requests.getFirst(), sqs.requests.getFirst()))
                .allSatisfy(sent -> assertThat(sent.messageSystemAttributes()
                                .get(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER)
                                .stringValue())
                        .isEqualTo(TRACE));
    }

    private List<ObjectNode> lines(String outcome) {
        return logged.stream()
                .map(Json::parse)
                .filter(line -> line.path("outcome").asText().equals(outcome))
                .toList();
    }

    private List<String> handle(Duration left, SQSMessage... messages) {
        return handle(left, stops(new NoHosts()), messages);
    }

    private GameJobs stops(Hosts hosts) {
        return new GameJobs(OpKind.STOP, new Operations(world(hosts)), hosts);
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
                (host, left, ended) -> {
                    throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "there is none");
                },
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new SqsResults(results, "results"),
                new EmfTelemetry("berth", Clock.system(), logged::add),
                Clock.system());
    }

    private List<String> handle(Duration left, Jobs jobs, SQSMessage... messages) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(messages));
        SqsJobQueue queue = new SqsJobQueue(sqs, "jobs", "dead");
        JobBatch batch =
                new JobBatch(jobs, queue, new EmfTelemetry("berth", Clock.system(), logged::add), Clock.system());
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
        message.setAttributes(new HashMap<>(Map.of("ApproximateReceiveCount", "1", "SentTimestamp", "1767225600000")));
        return message;
    }
}
