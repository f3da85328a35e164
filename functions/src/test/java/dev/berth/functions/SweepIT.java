package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.aws.Template;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.port.Clock;
import dev.berth.wire.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Sweeps and what they send, in sandboxes. A stack of its own: a sweep takes up whatever it finds, also what other tests
 * have left open on purpose. The engine is the one of the others, to whom containers of another stack are strangers.
 */
@Tag("aws")
@ExtendWith(LocalBerth.Provided.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepIT {
    private static final String STACK = "sweeps";

    @TempDir
    static Path directory;

    private final LocalBerth berth;
    private LocalAws aws;
    private SqsClient sqs;
    private Results results;

    SweepIT(LocalBerth berth) {
        this.berth = berth;
    }

    @BeforeAll
    void start() {
        Path template = LocalBerth.ROOT.resolve("template.yaml");
        aws = LocalAws.on(
                berth.services,
                LocalAwsOptions.of(template, STACK, directory)
                        .withFunctions(LocalBerth.CODE)
                        .withEnvironment(new Roles(template, STACK, directory.resolve("roles")).environment()));
        sqs = aws.sqsClient();
        results = new Results(sqs, aws.queueUrl("JobResults"));
        try (DynamoDbClient dynamo = aws.dynamoDbClient()) {
            new DynamoHosts(dynamo, Tables.of(STACK), Clock.system())
                    .register(new Host(
                            LocalBerth.HOST,
                            berth.engine.endpoint(),
                            berth.engine.tls().toString(),
                            new Host.Capacity(64_000, 256L << 30),
                            Host.Capacity.NONE,
                            HostState.ACTIVE,
                            Map.of("name", LocalBerth.HOST.value())));
        }
    }

    @AfterAll
    void end() {
        results.close();
        sqs.close();
        aws.close();
    }

    @Test
    void reconcilesTheHostOfAMessage() {
        send("ReconcileJobs", "{\"host_id\": \"host-1\", \"job_id\": \"by-hand\", \"op_source\": \"admin_rest\"}");
        ObjectNode result = results.await("by-hand");
        assertThat(result.path("host_id").asText()).isEqualTo("host-1");
        assertThat(result.path("outcome").asText()).isEqualTo("success");
        assertThat(result.path("op_source").asText()).isEqualTo("admin_rest");
        assertThat(result.path("game_id").isNull()).isTrue();
    }

    @Test
    void answersForAHostThatItDoesNotKnowAndForAMessageThatItDoesNotUnderstand() {
        send("ReconcileJobs", "{\"host_id\": \"nowhere\", \"job_id\": \"unknown\"}");
        send("ReconcileJobs", "{\"host_id\": \"host-1\", \"job_id\": \"refused\", \"colour\": \"blue\"}");
        assertThat(results.await("unknown").path("error_code").asText()).isEqualTo("not_found");
        ObjectNode refused = results.await("refused");
        assertThat(refused.path("error_code").asText()).isEqualTo("invalid_request");
        assertThat(refused.path("error_message").asText())
                .isEqualTo(
                        "colour is not a known field (" + refused.path("op_id").asText() + ")");
    }

    @Test
    void buriesAMessageThatNamesNoHost() {
        send("ReconcileJobs", "{\"game_id\": \"g\"}");
        Message dead = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> sqs.receiveMessage(receive -> receive.queueUrl(aws.queueUrl("ReconcileJobsDead"))
                                        .messageAttributeNames("All"))
                                .messages(),
                        messages -> !messages.isEmpty())
                .getFirst();
        assertThat(dead.body()).isEqualTo("{\"game_id\": \"g\"}");
        assertThat(dead.messageAttributes().get("error_message").stringValue()).isEqualTo("host_id is required");
    }

    @Test
    void doesWhatTheSchedulesOfTheTemplateSay() {
        assertThat(aws.function("SweepFunction").definition().schedules())
                .extracting(Template.Schedule::input)
                .flatExtracting(this::tasksOf)
                .containsExactlyInAnyOrder("due", "reconcile");
        awaitReconciled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"{}\""})
    void doesEverythingForAnEventWithoutATaskInBothItsForms(String detail) {
        assertThat(tasksOf(ScheduledSweepTest.EVENT.formatted(detail))).containsExactly("reconcile", "due");
    }

    @Test
    void doesTheTaskOfAnEventOfARule() {
        assertThat(tasksOf(ScheduledSweepTest.EVENT.formatted("{\"task\": \"reconcile\"}")))
                .containsExactly("reconcile");
        awaitReconciled();
    }

    @Test
    void failsForATaskThatNobodyKnowsAndSaysSo() {
        var response = aws.function("SweepFunction").invoke("{\"task\": \"nightly\"}");
        assertThat(response.failed()).isTrue();
        assertThat(response.payload()).contains("a sweep has no task").contains("nightly");
    }

    @Test
    void stopsAGameThatIsIdleAndRemovesItOnceItIsNotKeptAnyLonger() {
        GameId game = LocalBerth.newGame();
        ObjectNode start = berth.startOf(game, game + "-start");
        ((ObjectNode) start.path("spec")).put("auto_stop_after", "1s").put("retain_for", "1s");
        send("StartJobs", start.toString());
        assertThat(results.await(game + "-start").path("outcome").asText()).isEqualTo("success");

        ObjectNode stopped = sweepUntil(game, "stop");
        assertThat(stopped.path("outcome").asText()).isEqualTo("success");
        assertThat(stopped.path("op_source").asText()).isEqualTo("auto_ttl");
        ObjectNode removed = sweepUntil(game, "cleanup_container");
        assertThat(removed.path("outcome").asText()).isEqualTo("success");
        assertThat(removed.path("op_source").asText()).isEqualTo("auto_ttl");
        assertThat(berth.containers(game).path("list")).isEmpty();
    }

    /** Sweeps, as a schedule would, until there is a result of that kind for the game. */
    private ObjectNode sweepUntil(GameId game, String kind) {
        return Awaitility.await(kind + " of " + game)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            tasksOf("{\"task\": \"due\"}");
                            return results.all().stream()
                                    .filter(result ->
                                            result.path("game_id").asText().equals(game.value()))
                                    .filter(result ->
                                            result.path("op_kind").asText().equals(kind))
                                    .toList();
                        },
                        found -> !found.isEmpty())
                .getFirst();
    }

    /** A reconcile that a sweep has sent comes to its end. */
    private void awaitReconciled() {
        Awaitility.await("the result of a reconcile")
                .atMost(Duration.ofSeconds(60))
                .until(() -> results.all().stream()
                        .filter(result -> result.path("host_id").asText().equals("host-1"))
                        .filter(result -> result.path("job_id").asText().startsWith("sweep."))
                        .anyMatch(result -> result.path("outcome").asText().equals("success")));
    }

    /** Sweeps, and tells which tasks the report has counts of. */
    private List<String> tasksOf(String event) {
        var response = aws.function("SweepFunction").invoke(event);
        assertThat(response.failed()).as(response.payload()).isFalse();
        ObjectNode report = Json.parse(response.payload());
        assertThat(report)
                .isNotEmpty()
                .allSatisfy(counts -> assertThat(counts.properties())
                        .extracting(Map.Entry::getKey)
                        .containsExactly("due", "sent", "recovered", "left"));
        return report.properties().stream().map(Map.Entry::getKey).toList();
    }

    private void send(String queue, String body) {
        sqs.sendMessage(send -> send.queueUrl(aws.queueUrl(queue)).messageBody(body));
    }
}
