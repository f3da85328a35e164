package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.LocalClients;
import dev.berth.local.docker.EngineApi;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A stack that runs, used as other programs use it: with local.json, the contract, and nothing of ours. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class UpIT {
    @TempDir
    static Path folder;

    private static Launched up;
    private static JsonNode local;
    private static SqsClient sqs;
    private static DynamoDbClient dynamo;

    @BeforeAll
    static void start() throws IOException {
        up = Launched.in(folder, "up");
        await().atMost(Launched.LIMIT)
                .until(() -> up.hasPrinted("ready") || !up.process().isAlive());
        local = Json.parse(Files.readString(folder.resolve(".berth/local.json")));
        dynamo = LocalClients.dynamoDb(
                URI.create(local.path("endpoints").path("dynamodb").asText()));
        sqs = LocalClients.sqs(URI.create(local.path("endpoints").path("sqs").asText()));
    }

    @AfterAll
    static void end() throws InterruptedException, IOException {
        up.signal("TERM");
        assertThat(up.end().exitCode()).isZero();
        sqs.close();
        dynamo.close();
    }

    @Test
    @Order(1)
    void doesAJobThatIsSentByTheContractAlone() {
        String image = local.path("demo_images").path("1.0.0").asText();
        send(
                "start",
                "{\"game_id\":\"world-1\",\"job_id\":\"j-1\",\"image_ref\":\"" + image
                        + "\",\"spec\":{\"memory\":\"64M\",\"vcpu\":0.25,\"ports\":[{\"container\":8080}]}}");

        ObjectNode result = result("j-1");

        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        Map<String, AttributeValue> record = item("games", Map.of("game_id", AttributeValue.fromS("world-1")));
        assertThat(record).containsEntry("status", AttributeValue.fromS("running"));
        Map<String, AttributeValue> entry = item(
                "operations", Map.of("game_id", AttributeValue.fromS("world-1"), "seq", AttributeValue.fromN("1")));
        assertThat(entry)
                .containsEntry(
                        "op_id", AttributeValue.fromS(result.path("op_id").asText()));
        JsonNode container = container("berth_world-1");
        assertThat(container.path("Id").asText())
                .isEqualTo(result.path("container_id").asText());
        assertThat(container.path("State").path("Running").asBoolean()).isTrue();
        assertThat(container.path("Config").path("Labels").path("berth.owner").asText())
                .isEqualTo("berth");
    }

    @Test
    @Order(2)
    void isOperatedByTheOtherCommands() throws IOException, InterruptedException {
        assertThat(Launched.toTheEnd(folder, "ps").out()).contains("world-1", "running", "host-1");
        assertThat(Launched.toTheEnd(folder, "hosts", "--json").out()).contains("\"host_id\":\"host-1\"");

        Told stop = Launched.toTheEnd(folder, "stop", "world-1", "--json", "--reason", "finished", "--job-id", "j-2");

        assertThat(stop.exitCode()).as(stop.toString()).isZero();
        assertThat(Json.parse(stop.out()).path("effect").asText()).isEqualTo("changed");
        assertThat(result("j-2")).isEqualTo(Json.parse(stop.out()));
        Told again = Launched.toTheEnd(folder, "stop", "world-1", "--json", "--reason", "finished", "--job-id", "j-2");
        assertThat(again.out()).isEqualTo(stop.out());
    }

    @Test
    @Order(3)
    void tellsWhyAnOperationFails() throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(folder, "stop", "never-started");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).contains("failure").contains("not_found");
    }

    @Test
    @Order(4)
    void showsALogThatIsWhole() throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(folder, "log", "world-1", "--verify", "--json");

        assertThat(told.exitCode()).as(told.toString()).isZero();
        List<ObjectNode> lines = Launched.jsonLines(told.out()).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines).extracting(line -> line.path("op_kind").asText()).startsWith("start", "stop");
        assertThat(lines.getLast().path("verified").asBoolean()).isTrue();
    }

    @Test
    @Order(5)
    void findsAnEntryThatWasTamperedWith() throws IOException, InterruptedException {
        Map<String, AttributeValue> key =
                Map.of("game_id", AttributeValue.fromS("world-1"), "seq", AttributeValue.fromN("1"));
        Map<String, AttributeValue> honest = item("operations", key);
        Map<String, AttributeValue> forged = new HashMap<>(honest);
        forged.put("op_source", AttributeValue.fromS("gm_rest"));
        dynamo.putItem(put -> put.tableName(table("operations")).item(forged));

        Told told = Launched.toTheEnd(folder, "log", "world-1", "--verify");

        dynamo.putItem(put -> put.tableName(table("operations")).item(honest));
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).contains("broken: entry 1");
    }

    @Test
    @Order(6)
    void isAloneInItsFolder() throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(folder, "up");

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(told.err().lines())
                .hasSize(1)
                .allMatch(line -> line.contains("process " + up.process().pid()));
        assertThat(folder.resolve(".berth/local.json")).exists();
    }

    @Test
    @Order(7)
    void tellsThatAPortIsInUse() throws IOException, InterruptedException {
        int taken =
                URI.create(local.path("endpoints").path("dynamodb").asText()).getPort();

        Told told = Launched.toTheEnd(
                folder, "up", "--hosts", "0", "--dir", "other", "--port-base", Integer.toString(taken));

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(told.err()).contains("berth: Port " + taken);
    }

    @Test
    @Order(8)
    void takesAHostThatRunsAlreadyAndRunsOnlyImagesThatAreAllowed() throws IOException, InterruptedException {
        JsonNode host = local.path("hosts").path(0);
        Launched second = Launched.in(
                folder,
                "up",
                "--dir",
                "second",
                "--allow-images",
                "registry.example/*",
                "--host",
                "given=" + host.path("endpoint").asText() + "="
                        + host.path("tls").asText());
        await().atMost(Launched.LIMIT)
                .until(() -> second.hasPrinted("ready") || !second.process().isAlive());

        Told hosts = Launched.toTheEnd(folder, "hosts", "--dir", "second");
        Told refused = Launched.toTheEnd(folder, "start", "world-3", image("1.0.0"), "--dir", "second");
        second.signal("TERM");

        Told told = second.end();
        assertThat(told.exitCode()).as(told.toString()).isZero();
        assertThat(hosts.out()).contains("given", host.path("endpoint").asText());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("image_not_allowed");
        assertThat(container("berth_world-1").path("Id").asText()).isNotEmpty();
    }

    @Test
    @Order(9)
    void tellsThatAGivenHostDoesNotAnswer() throws IOException, InterruptedException {
        String tls = local.path("hosts").path(0).path("tls").asText();

        Told told = Launched.toTheEnd(folder, "up", "--dir", "third", "--host", "far=tcp://127.0.0.1:1=" + tls);

        assertThat(told.exitCode()).isEqualTo(3);
        assertThat(told.err()).contains("host far does not answer");
    }

    @Test
    @Order(10)
    void hasAQueueForEachKindOfJobAndOneForItsDead() {
        JsonNode queues = local.path("queues");
        String kinds = "start stop restart patch cleanup reconcile";
        assertThat(queues.propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder((kinds + " results dead").split(" ", -1));
        assertThat(queues.path("dead").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(kinds.split(" ", -1));
    }

    @Test
    @Order(11)
    void restartsPatchesAndRemovesAGame() throws IOException, InterruptedException {
        Path spec = Files.writeString(
                folder.resolve("spec.json"),
                "{\"memory\":\"64M\",\"vcpu\":0.25,\"ports\":[{\"container\":8080}],\"auto_stop_after\":\"2h\"}");
        ObjectNode start = done("start", "world-2", image("1.0.0"), "--spec", spec.toString());

        ObjectNode restart = done("restart", "world-2", "--grace", "5");
        Told told = Launched.toTheEnd(folder, "patch", "world-2", image("1.0.1"), "--json");
        ObjectNode patch = Json.parse(told.out());

        assertThat(restart.path("endpoint")).isEqualTo(start.path("endpoint"));
        assertThat(told.err().lines()).anyMatch(line -> line.matches("patch of world-2: step \\d+ of 12: .+"));
        assertThat(patch.path("effect").asText()).as(told.toString()).isEqualTo("changed");
        assertThat(patch.path("endpoint")).isEqualTo(start.path("endpoint"));
        assertThat(patch.path("image_ref").asText()).isEqualTo(image("1.0.1"));
        assertThat(Launched.toTheEnd(folder, "log", "world-2").out().lines().map(line -> line.split(" +", -1)[1]))
                .containsExactly("OPERATION", "start", "stop", "start", "restart", "stop", "start", "patch");

        ObjectNode running = json("ps", "world-2");
        ObjectNode touched = json("touch", "world-2");
        assertThat(Instant.parse(touched.path("due_at").asText()))
                .isEqualTo(
                        Instant.parse(touched.path("last_touched_at").asText()).plus(Duration.ofHours(2)))
                .isAfter(Instant.parse(running.path("due_at").asText()));
        assertThat(Launched.toTheEnd(folder, "ps", "world-2").out())
                .contains(
                        "due: stop for being idle at " + touched.path("due_at").asText());

        done("stop", "world-2");
        assertThat(Launched.toTheEnd(folder, "ps", "world-2").out()).contains("due: cleanup at ");
        done("cleanup", "world-2", "--purge-volumes");
        assertThat(json("ps", "world-2").path("status").asText()).isEqualTo("removed");
    }

    @Test
    @Order(12)
    void touchesOnlyWhatRuns() throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(folder, "touch", "world-2");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("game world-2 does not run");
    }

    /** The result of a command that must succeed. */
    private static ObjectNode done(String... command) throws IOException, InterruptedException {
        ObjectNode result = json(command);
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        assertThat(result.path("effect").asText()).isEqualTo("changed");
        return result;
    }

    private static ObjectNode json(String... command) throws IOException, InterruptedException {
        Told told = Launched.toTheEnd(
                folder, Stream.concat(Stream.of(command), Stream.of("--json")).toArray(String[]::new));
        assertThat(told.exitCode()).as(told.toString()).isZero();
        return Json.parse(told.out());
    }

    private static String image(String version) {
        return local.path("demo_images").path(version).asText();
    }

    private static void send(String queue, String body) {
        sqs.sendMessage(
                send -> send.queueUrl(local.path("queues").path(queue).asText()).messageBody(body));
    }

    private static ObjectNode result(String job) {
        String queue = local.path("queues").path("results").asText();
        return await().atMost(Launched.LIMIT)
                .until(
                        () -> sqs
                                .receiveMessage(receive -> receive.queueUrl(queue)
                                        .maxNumberOfMessages(10)
                                        .visibilityTimeout(1)
                                        .waitTimeSeconds(1))
                                .messages()
                                .stream()
                                .map(message -> Json.parse(message.body()))
                                .filter(result -> result.path("job_id").asText().equals(job))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private static Map<String, AttributeValue> item(String table, Map<String, AttributeValue> key) {
        return dynamo.getItem(get -> get.tableName(table(table)).key(key).consistentRead(true))
                .item();
    }

    private static String table(String name) {
        return local.path("tables").path(name).asText();
    }

    private static JsonNode container(String name) {
        JsonNode host = local.path("hosts").path(0);
        try (EngineApi api = new EngineApi(
                URI.create(host.path("endpoint").asText()),
                Path.of(host.path("tls").asText()))) {
            return Json.parse(
                    api.send("GET", "/containers/" + name + "/json", "").body());
        }
    }
}
