package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.lambda.Sandbox;
import dev.berth.local.lambda.WorkerFixture;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.joda.time.DateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Functions of test code in the real Lambda runtime client, fed from real queues. */
final class LocalAwsIT {

    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    static Path folder;

    private static final List<QueueAttributeName> COUNTS = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);

    private static final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private static LocalAws aws;
    private static SqsClient sqs;

    @BeforeAll
    static void start() throws URISyntaxException {
        aws = LocalAws.start(LocalAwsOptions.of(Path.of("src/test/resources/functions.yaml"), "demo", folder)
                .withFunctions(codeOf(WorkerFixture.class), codeOf(SQSEvent.class), codeOf(DateTime.class))
                .withEnvironment(Map.of("EXTRA", "given"))
                .withSchedules()
                .withListener(lines::add));
        sqs = aws.sqsClient();
    }

    @AfterAll
    static void endsEverySandboxAtItsEnd() {
        var pids = aws.functions().values().stream()
                .flatMap(function -> function.sandboxes().stream())
                .map(Sandbox::pid)
                .toList();
        sqs.close();
        aws.close();
        assertThat(pids).isNotEmpty().noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void deletesMessagesThatWereDealtWith() {
        send("fine");

        awaitLine("handled fine at receive 1");
        awaitEmptyQueue();
    }

    @Test
    void redeliversOnlyTheMessagesReportedAsFailed() {
        send("fail-x");
        send("beside-x");

        awaitLine("handled fail-x at receive 2");
        awaitEmptyQueue();
        assertThat(lines).contains("handled beside-x at receive 1").doesNotContain("handled beside-x at receive 2");
    }

    @Test
    void redeliversTheMessagesOfABatchThatThrew() {
        send("throw-x");

        awaitLine("handled throw-x at receive 2");
        assertThat(lines).anyMatch(line -> line.contains("Worker failed") && line.contains("as told by throw-x"));
        awaitEmptyQueue();
    }

    @Test
    void killsASandboxThatRunsOutOfTime() {
        send("hang-past-timeout");

        awaitLine("began hang-past-timeout");
        var sandbox = busySandbox();
        await().atMost(LONG).until(() -> !sandbox.isAlive());
        awaitLine("handled hang-past-timeout at receive 2");
        assertThat(lines).anyMatch(line -> line.contains("Task timed out after 3.00 seconds"));
        awaitEmptyQueue();
    }

    @Test
    void redeliversTheMessagesOfASandboxThatWasKilled() {
        send("hang-until-killed");

        awaitLine("began hang-until-killed");
        busySandbox().kill();
        awaitLine("handled hang-until-killed at receive 2");
        assertThat(lines).anyMatch(line -> line.contains("exit code 137"));
        awaitEmptyQueue();
    }

    @Test
    void givesUpOnAMessageThatAlwaysFails() {
        send("fail-always");

        // Not before: ElasticMQ shares a message between both queues while it moves, and forgets to end it in the one
        // if it is received from the other at that moment.
        awaitEmptyQueue();
        await().atMost(LONG)
                .until(() -> sqs.receiveMessage(r -> r.queueUrl(aws.queueUrl("demo-jobs-dead"))).messages().stream()
                        .anyMatch(message -> message.body().equals("fail-always")));
    }

    @Test
    void givesAFunctionTheEnvironmentThatLambdaGives() throws JsonProcessingException {
        var answer = invoke("Ticker", "{\"kind\": \"direct\"}");

        assertThat(answer.path("_HANDLER").asText()).isEqualTo("dev.berth.local.lambda.EchoFixture::handleRequest");
        assertThat(answer.path("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("demo-Ticker");
        assertThat(answer.path("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asText()).isEqualTo("200");
        assertThat(answer.path("AWS_REGION").asText()).isEqualTo("eu-west-1");
        assertThat(answer.path("AWS_ENDPOINT_URL_SQS").asText())
                .isEqualTo(aws.sqs().toString());
        assertThat(answer.path("AWS_ENDPOINT_URL_DYNAMODB").asText())
                .isEqualTo(aws.dynamoDb().toString());
        assertThat(answer.path("AWS_ENDPOINT_URL_S3").asText())
                .isEqualTo(aws.s3().toString());
        assertThat(answer.path("TABLE").asText()).isEqualTo("demo-things");
        assertThat(answer.path("EXTRA").asText()).isEqualTo("given");
        assertThat(answer.path("HOME").isMissingNode())
                .as("ours is not inherited")
                .isTrue();
        assertThat(answer.path("millis_left").asInt()).isBetween(1, 10_000);
        assertThat(answer.path("function_arn").asText())
                .isEqualTo("arn:aws:lambda:eu-west-1:000000000000:function:demo-Ticker");
        assertThat(answer.path("max_heap_mib").asInt()).isBetween(150, 170);
    }

    @Test
    void invokesOnSchedule() {
        awaitLine("echo {kind=tick}");
    }

    @Test
    void tellsWhyAFunctionCannotBeInitialized() {
        var response = aws.function("Broken").invoke("{}");

        assertThat(response.failed()).isTrue();
        assertThat(response.payload()).contains("ClassNotFoundException", "NoSuchFixture");
    }

    @Test
    void endsSandboxesThatHaveNothingToDo() {
        aws.function("Worker").invoke("{\"Records\": []}");
        assertThat(aws.function("Worker").sandboxes()).isNotEmpty();

        await().atMost(LONG).until(() -> {
            aws.function("Worker").endIdle(Duration.ZERO);
            return aws.function("Worker").sandboxes().isEmpty();
        });
    }

    @Test
    void keepsWhatAFunctionPrintsInItsLog() throws Exception {
        send("logged");

        awaitLine("handled logged at receive 1");
        assertThat(Files.readString(folder.resolve("logs/Worker.log"))).contains("handled logged at receive 1");
    }

    private static void send(String body) {
        sqs.sendMessage(r -> r.queueUrl(aws.queueUrl("Jobs")).messageBody(body));
    }

    private static void awaitLine(String line) {
        await().atMost(LONG).untilAsserted(() -> assertThat(lines).contains(line));
    }

    /** Tells what the queue counts, and what the function printed, if something stays in it. */
    private static void awaitEmptyQueue() {
        await().atMost(LONG).untilAsserted(() -> {
            var attributes = sqs.getQueueAttributes(
                            r -> r.queueUrl(aws.queueUrl("Jobs")).attributeNames(QueueAttributeName.ALL))
                    .attributes();
            assertThat(COUNTS)
                    .as("counted in %s; printed: %s", attributes, String.join("\n", lines))
                    .allSatisfy(count -> assertThat(attributes).containsEntry(count, "0"));
        });
    }

    private static Sandbox busySandbox() {
        return aws.function("Worker").sandboxes().stream()
                .filter(Sandbox::isBusy)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode invoke(String function, String payload) throws JsonProcessingException {
        var response = aws.function(function).invoke(payload);
        assertThat(response.failed()).as(response.payload()).isFalse();
        return new ObjectMapper().readTree(response.payload());
    }

    private static Path codeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
