package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.Template;
import dev.berth.local.lambda.BaseImage;
import dev.berth.model.GameId;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code sam local invoke} of every function with its event, in the order of a game's life: in Lambda's runtime emulator, in a
 * container of Docker, against a stack on this machine and an engine.
 */
@ExtendWith(PythonTools.Provided.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
class SamInvokeIT {
    private static final GameId GAME = new GameId("match-42");

    @TempDir
    static Path directory;

    private final PythonTools tools;
    private final Set<String> invoked = new TreeSet<>();
    private SamStack stack;
    private String started = "";

    SamInvokeIT(PythonTools tools) {
        this.tools = tools;
    }

    @BeforeAll
    void start() throws IOException {
        if (refusal().isEmpty()) {
            stack = new SamStack(tools, directory);
        }
    }

    @BeforeEach
    void skipWhereThereCanBeNoContainerOfSam() {
        refusal().ifPresent(why -> {
            throw Skipped.because(why);
        });
    }

    private Optional<String> refusal() {
        return tools.refusal().or(BaseImage::refusal);
    }

    @AfterAll
    void end() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void startRunsAContainer() throws IOException, InterruptedException {
        ObjectNode result = done("Start");

        assertRunning("berth-demo/game:1.0.0", result);
        assertThat(result.path("endpoint")).hasSize(1);
        started = result.path("container_id").asText();
    }

    @Test
    @Order(2)
    void restartRunsAnotherOneInItsPlace() throws IOException, InterruptedException {
        ObjectNode result = done("Restart");

        assertRunning("berth-demo/game:1.0.0", result);
        assertThat(result.path("container_id").asText()).isNotEqualTo(started);
    }

    @Test
    @Order(3)
    void patchRunsTheNewImage() throws IOException, InterruptedException {
        assertRunning("berth-demo/game:1.0.1", done("Patch"));
    }

    @Test
    @Order(4)
    void stopLeavesAContainerThatHasEnded() throws IOException, InterruptedException {
        done("Stop");

        assertThat(record().status()).isEqualTo(RuntimeStatus.STOPPED);
        assertThat(record().exit().orElseThrow().code()).contains(0);
        assertThat(states()).containsExactly("exited");
    }

    @Test
    @Order(5)
    void sweepSendsTheJobThatIsDue() throws IOException, InterruptedException {
        stack.dynamo.updateItem(update -> update.tableName(stack.tables.games())
                .key(Map.of("game_id", AttributeValue.fromS(GAME.value())))
                .updateExpression("SET due_at = :past")
                .expressionAttributeValues(Map.of(":past", AttributeValue.fromN("1"))));

        JsonNode answer = answer("Sweep");

        assertThat(answer.at("/due/due").asInt()).as(answer.toString()).isEqualTo(1);
        List<String> jobs =
                stack
                        .sqs
                        .receiveMessage(receive -> receive.queueUrl(stack.aws.queueUrl("CleanupJobs")))
                        .messages()
                        .stream()
                        .map(message ->
                                Json.parse(message.body()).path("game_id").asText())
                        .toList();
        assertThat(jobs).containsExactly(GAME.value());
        assertThat(states()).containsExactly("exited");
    }

    @Test
    @Order(6)
    void cleanupRemovesTheContainer() throws IOException, InterruptedException {
        done("Cleanup");

        assertThat(record().status()).isEqualTo(RuntimeStatus.REMOVED);
        assertThat(states()).isEmpty();
    }

    @Test
    @Order(7)
    void reconcileFindsTheHostInOrder() throws IOException, InterruptedException {
        ObjectNode result = finished("Reconcile");

        assertThat(result.path("host_id").asText()).isEqualTo("host-1");
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
    }

    @Test
    @Order(8)
    void archiveVerifiesTheWholeLog() throws IOException, InterruptedException {
        JsonNode answer = answer("Archive");

        assertThat(stack.kinds(GAME))
                .containsExactly(
                        "start", "stop", "start", "restart", "stop", "start", "patch", "stop", "cleanup_container");
        assertThat(answer.path("entries").asInt()).as(answer.toString()).isEqualTo(9);
        assertThat(answer.path("games").asInt()).isEqualTo(1);
        assertThat(answer.path("failed").asInt()).isZero();
        assertThat(answer.path("complete").asBoolean()).isTrue();
    }

    @Test
    @Order(9)
    void noFunctionOfTheTemplateIsLeftOut() {
        assertThat(invoked)
                .containsExactlyInAnyOrderElementsOf(
                        Template.read(LocalBerth.ROOT.resolve("template.yaml"), "berth").functions(id -> id).stream()
                                .map(Template.Function::logicalId)
                                .toList());
    }

    private ObjectNode done(String word) throws IOException, InterruptedException {
        ObjectNode result = finished(word);
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        assertThat(result.path("effect").asText()).isEqualTo("changed");
        return result;
    }

    /** The result of a job, whose id is its message's where it has none of its own. */
    private ObjectNode finished(String word) throws IOException, InterruptedException {
        JsonNode answer = answer(word);
        assertThat(answer).hasToString("{\"batchItemFailures\":[]}");
        ObjectNode event = Json.parse(Files.readString(LocalBerth.ROOT.resolve("events/" + event(word))));
        return stack.results.await(event.at("/Records/0/messageId").asText());
    }

    private JsonNode answer(String word) throws IOException, InterruptedException {
        JsonNode answer = stack.invoke(word + "Function", event(word));
        invoked.add(word + "Function");
        return answer;
    }

    private static String event(String word) {
        return word.toLowerCase(java.util.Locale.ROOT) + ".json";
    }

    private void assertRunning(String image, ObjectNode result) {
        assertThat(record().status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(result.path("image_ref").asText()).isEqualTo(image);
        List<JsonNode> containers = stack.containers(GAME);
        assertThat(containers).hasSize(1);
        assertThat(containers.getFirst().path("Id").asText())
                .isEqualTo(record().container().orElseThrow().id())
                .isEqualTo(result.path("container_id").asText());
        assertThat(containers.getFirst().path("ImageID").asText())
                .isEqualTo(result.path("image_digest").asText());
        assertThat(states()).containsExactly("running");
    }

    private List<String> states() {
        return stack.containers(GAME).stream()
                .map(container -> container.path("State").asText())
                .toList();
    }

    private RuntimeRecord record() {
        return stack.games.find(GAME).flatMap(Game::record).orElseThrow();
    }
}
