package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.port.Metric;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

/** What the sandboxes print while this and that happens: every line can be followed, and no metric is missing. */
@ExtendWith(LocalBerth.Provided.class)
class LinesIT {
    private static final String STACK = "lines";
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private final LocalBerth berth;
    private final GameId game = LocalBerth.newGame();

    LinesIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void saysWhoseDoingItIsInEveryLineAndTellsEveryMetric() throws IOException {
        try (GuardedStack stack = new GuardedStack(berth, STACK, directory)) {
            ObjectNode started = started(stack);
            stoppedOnceItsLeaseIsFree(stack);
            stack.done("cleanup", GuardedStack.message(game, "-cleanup"));
            ObjectNode corrupt = startedWithAnotherHead(stack);
            stack.send("stop", "no json");
            for (String scheduled : List.of("SweepFunction", "ArchiveFunction")) {
                assertThat(stack.aws.function(scheduled).invoke("{}").failed()).isFalse();
            }
            await(stack, line -> line.has("host_id") && line.has("settled"));
            await(stack, line -> line.path("outcome").asText().equals("buried"));
            await(stack, line -> line.has("LogCorrupt"));

            assertThat(corrupt.path("error_message").asText())
                    .endsWith(" (" + corrupt.path("op_id").asText() + ")");
            assertThat(stack.lines)
                    .allSatisfy(line ->
                            assertThat(Json.parse(line).path("op_id").asText()).matches("op-[0-9a-f]{12}"));
            assertThat(metrics(stack)).containsExactlyInAnyOrderElementsOf(expected());
            assertTheStartCanBeFollowed(stack, started);
        }
    }

    private void assertTheStartCanBeFollowed(GuardedStack stack, ObjectNode started) {
        List<ObjectNode> lines = lines(stack)
                .filter(line -> line.path("op_id").equals(started.path("op_id")))
                .toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("trace").asText()).isEqualTo(TRACE));
        assertThat(lines.getFirst().path("outcome").asText()).isEqualTo("received");
        assertThat(lines.stream()
                        .filter(line -> line.has("step"))
                        .map(line -> line.path("step").asText()))
                .containsExactly(
                        "choose a host",
                        "pull the image",
                        "create the container",
                        "copy files",
                        "start the container",
                        "wait until healthy");
        ObjectNode whole = lines.getLast();
        assertThat(whole.path("outcome").asText()).isEqualTo("changed");
        assertThat(whole.path("EntriesAppended").asInt()).isEqualTo(1);
        List<String> ofSteps = lines.stream()
                .filter(line -> line.has("step"))
                .flatMap(LinesIT::calls)
                .toList();
        assertThat(ofSteps).contains("create the container", "start the container", "look at the container");
        assertThat(calls(whole)).containsExactlyElementsOf(ofSteps);
    }

    private static Stream<String> calls(JsonNode line) {
        return StreamSupport.stream(line.path("docker").spliterator(), false)
                .map(call -> call.path("call").asText());
    }

    private ObjectNode started(GuardedStack stack) {
        ObjectNode start = berth.startOf(game, game + "-start");
        stack.sqs.sendMessage(send -> send.queueUrl(stack.aws.queueUrl(STACK + "-start-jobs"))
                .messageBody(start.toString())
                .messageSystemAttributes(Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue(TRACE)
                                .build())));
        ObjectNode started = stack.results.await(game + "-start");
        assertThat(started.path("outcome").asText()).as(started.toString()).isEqualTo("success");
        return started;
    }

    /** Somebody has taken the game for long, and one job meets that. */
    private void stoppedOnceItsLeaseIsFree(GuardedStack stack) {
        long until = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
        change(
                stack,
                "SET lease_owner = :owner, lease_until = :until",
                Map.of(":owner", AttributeValue.fromS("nobody"), ":until", AttributeValue.fromN(Long.toString(until))));
        stack.send("stop", GuardedStack.message(game, "-waiting").toString());
        await(stack, line -> line.has("LeaseWait"));
        change(stack, "SET lease_until = :now", Map.of(":now", AttributeValue.fromN("0")));
        stack.done("stop", GuardedStack.message(game, "-stop"));
    }

    private ObjectNode startedWithAnotherHead(GuardedStack stack) {
        change(stack, "SET head_hash = :hash", Map.of(":hash", AttributeValue.fromS("0".repeat(64))));
        ObjectNode result = stack.finished("start", berth.startOf(game, game + "-again"));
        assertThat(result.path("error_code").asText()).as(result.toString()).isEqualTo("log_corrupt");
        return result;
    }

    private void change(GuardedStack stack, String expression, Map<String, AttributeValue> values) {
        stack.dynamo.updateItem(update -> update.tableName(stack.tables.games())
                .key(Map.of("game_id", AttributeValue.fromS(game.value())))
                .updateExpression(expression)
                .expressionAttributeValues(values));
    }

    private static void await(GuardedStack stack, Predicate<ObjectNode> line) {
        Awaitility.await().atMost(LIMIT).until(() -> lines(stack).anyMatch(line));
    }

    private static Stream<ObjectNode> lines(GuardedStack stack) {
        return stack.lines.stream().map(Json::parse);
    }

    private static Set<String> metrics(GuardedStack stack) {
        return lines(stack)
                .flatMap(line -> StreamSupport.stream(
                        line.path("_aws").path("CloudWatchMetrics").spliterator(), false))
                .flatMap(directive ->
                        StreamSupport.stream(directive.path("Metrics").spliterator(), false))
                .map(metric -> metric.path("Name").asText())
                .collect(Collectors.toSet());
    }

    private static List<String> expected() {
        return Arrays.stream(Metric.values()).map(Metric::word).toList();
    }
}
