package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.LocalClients;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** What people ask of the operation log of a stack that runs: who did what, whether it is whole, and what became of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LedgerIT {
    private static final String GAME = "arena";

    @TempDir
    static Path folder;

    private static RunningStack stack;
    private static DynamoDbClient dynamo;
    private static Path spec;

    @BeforeAll
    static void start() throws IOException {
        stack = RunningStack.start(folder);
        dynamo = LocalClients.dynamoDb(
                URI.create(stack.local().path("endpoints").path("dynamodb").asText()));
        spec = Files.writeString(
                folder.resolve("spec.json"),
                "{\"memory\":\"64M\",\"vcpu\":0.25,\"ports\":[{\"container\":8080}],"
                        + "\"files\":[{\"path\":\"/etc/motd\",\"content\":\"hello\"}]}");
    }

    @AfterAll
    static void end() throws InterruptedException, IOException {
        dynamo.close();
        stack.end();
    }

    @Test
    @Order(1)
    void followsWhatHappensToAGame() throws IOException, InterruptedException {
        Launched follow = Launched.in(folder, "log", GAME, "--follow");

        stack.run("start", GAME, image("1.0.0"), "--spec", spec.toString(), "--job-id", "j-start");
        Told patch = stack.told("patch", GAME, image("broken"), "--job-id", "j-patch");
        stack.run("stop", GAME, "--job-id", "j-stop");
        await().atMost(Launched.LIMIT)
                .until(() -> Files.readString(follow.out()).lines().count() == 5);
        follow.signal("INT");

        assertThat(follow.end().out().lines().map(line -> line.split(" +", -1)[1]))
                .containsExactly("OPERATION", "start", "stop", "patch", "stop");
        assertThat(patch.exitCode()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void showsWhatIsAskedForOfAGame() throws IOException, InterruptedException {
        List<ObjectNode> all = lines("log", GAME);
        String patch = all.get(2).path("op_id").asText();

        assertThat(seqs("log", GAME)).containsExactly(1, 2, 3, 4);
        assertThat(seqs("log", GAME, "--op", patch)).containsExactly(2, 3);
        assertThat(seqs("log", GAME, "--failures")).containsExactly(3);
        assertThat(seqs("log", GAME, "--source", "admin_rest", "--since", "24h"))
                .containsExactly(1, 2, 3, 4);
        assertThat(seqs("log", GAME, "--source", "auto_ttl")).isEmpty();
        assertThat(seqs("log", GAME, "--until", all.get(1).path("finished_at").asText()))
                .containsExactly(1, 2);
        assertThat(seqs("log", GAME, "--limit", "1")).containsExactly(4);
        assertThat(stack.run("log", GAME, "--limit", "1").err()).contains("3 older ones are left out");
    }

    @Test
    @Order(3)
    void findsAnOperationInAllGames() throws IOException, InterruptedException {
        String patch = lines("log", GAME).get(2).path("op_id").asText();
        stack.run("start", "other", image("1.0.0"), "--spec", spec.toString());

        assertThat(seqs("log", "--op", patch)).containsExactly(2, 3);
        assertThat(lines("log", "--since", "1h").stream()
                        .map(line -> line.path("game_id").asText() + " "
                                + line.path("seq").asInt()))
                .containsExactly(GAME + " 1", GAME + " 2", GAME + " 3", GAME + " 4", "other 1");
        assertThat(stack.run("log", "--failures").out()).contains("GAME").contains("container_start_failed");
    }

    @Test
    @Order(4)
    void tellsTheWholeStoryOfAFailedPatch() throws IOException, InterruptedException {
        List<ObjectNode> events = lines("trace", "j-patch");
        String text =
                stack.run("trace", events.getFirst().path("op_id").asText()).out();

        assertThat(events)
                .extracting(event -> event.path("event").asText())
                .containsSubsequence("received", "step", "entry", "step", "entry", "operation", "result");
        assertThat(events)
                .extracting(event -> event.path("op_id").asText())
                .containsOnly(events.getLast().path("op_id").asText());
        assertThat(events.getFirst().path("job_id").asText()).isEqualTo("j-patch");
        assertThat(calls(events, "create the container", "done")).contains("create the container");
        assertThat(calls(events, "create the container", "undone")).contains("remove the container");
        assertThat(text)
                .contains("delivery 1")
                .contains("wait until healthy: failed (container_start_failed)")
                .contains("the world file is missing")
                .contains("docker: create the container")
                .contains("entry 3 of arena: patch, failure, rolled_back");
    }

    @Test
    @Order(5)
    void saysThatNothingIsKnownOfAnotherJob() throws IOException, InterruptedException {
        Told told = stack.told("trace", "never-sent");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("nothing is known of op-");
    }

    @Test
    @Order(6)
    void showsAnyEarlierState() throws IOException, InterruptedException {
        String beforePatch = lines("log", GAME).getFirst().path("finished_at").asText();

        ObjectNode now = stack.json("log", GAME, "--replay");
        ObjectNode then = stack.json("log", GAME, "--replay", "--at", "1");
        ObjectNode atThatTime = stack.json("log", GAME, "--replay", "--at", beforePatch);

        assertThat(now.path("record").path("status").asText()).isEqualTo("stopped");
        assertThat(now.path("equal").asBoolean()).isTrue();
        assertThat(now.path("certain").asBoolean()).isTrue();
        assertThat(then.path("record").path("status").asText()).isEqualTo("running");
        assertThat(atThatTime).isEqualTo(then);
        assertThat(stack.run("log", GAME, "--replay").out()).contains("equal: it is the game's record");
    }

    @Test
    @Order(7)
    void namesTheEntryThatWasTamperedWith() throws IOException, InterruptedException {
        Map<String, AttributeValue> key =
                Map.of("game_id", AttributeValue.fromS(GAME), "seq", AttributeValue.fromN("2"));
        Map<String, AttributeValue> honest = item("operations", key);
        Map<String, AttributeValue> forged = new HashMap<>(honest);
        forged.put("op_source", AttributeValue.fromS("gm_rest"));
        put("operations", forged);

        Told broken = stack.told("log", GAME, "--verify");
        ObjectNode replayed =
                Json.parse(stack.told("log", GAME, "--replay", "--json").out());
        put("operations", honest);

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out()).contains("broken: entry 2");
        assertThat(replayed.path("bad_seq").asInt()).isEqualTo(2);
        assertThat(stack.run("log", GAME, "--verify", "--new").out())
                .contains("verified: 4 entries")
                .contains("the record is what they come to");
    }

    @Test
    @Order(8)
    void showsAnEntryThatItCannotReadWhateverIsLeftOut() throws IOException, InterruptedException {
        Map<String, AttributeValue> later = new HashMap<>(
                item("operations", Map.of("game_id", AttributeValue.fromS("other"), "seq", AttributeValue.fromN("1"))));
        later.put("version", AttributeValue.fromN("2"));
        later.put("game_id", AttributeValue.fromS("from-later"));
        put("operations", later);

        Told shown = stack.run("log", "from-later", "--failures");
        Told replayed = stack.told("log", "from-later", "--replay");

        assertThat(shown.out()).contains("unreadable").contains("is of another version: 2");
        assertThat(replayed.exitCode()).isEqualTo(1);
        assertThat(replayed.out()).contains("uncertain: entry 1");
    }

    @Test
    @Order(9)
    void makesALostGameAnewFromItsLog() throws IOException, InterruptedException {
        Map<String, AttributeValue> key = Map.of("game_id", AttributeValue.fromS("other"));
        JsonNode before = stack.json("ps", "other");
        dynamo.deleteItem(delete -> delete.tableName(table("games")).key(key));
        Path another = Files.writeString(folder.resolve("another.json"), "{\"memory\":\"65M\"}");

        assertThat(stack.told("log", "other", "--verify").exitCode()).isEqualTo(1);
        assertThat(stack.told("log", "other", "--replay").out())
                .contains("lost")
                .contains("berth rebuild other");
        assertThat(stack.told("rebuild", "other", "--spec", another.toString()).exitCode())
                .isEqualTo(2);
        Told rebuilt = stack.run("rebuild", "other", "--spec", spec.toString());
        Told again = stack.told("rebuild", "other");

        assertThat(rebuilt.out()).contains("entry 2 tells of it (op-").contains("running on host-1");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("conflict").contains("nothing to rebuild");
        assertThat(stack.json("ps", "other").path("container_id")).isEqualTo(before.path("container_id"));
        assertThat(stack.json("restart", "other").path("effect").asText()).isEqualTo("changed");
        assertThat(stack.run("log", "other", "--verify").out()).contains("verified: 5 entries");
    }

    /** What a step has asked of the engine. */
    private static List<String> calls(List<ObjectNode> events, String step, String outcome) {
        return events.stream()
                .filter(event -> event.path("step").asText().equals(step)
                        && event.path("outcome").asText().equals(outcome))
                .flatMap(event -> event.path("docker").valueStream())
                .map(call -> call.path("call").asText())
                .toList();
    }

    private static List<ObjectNode> lines(String... command) throws IOException, InterruptedException {
        return Launched.jsonLines(stack.run(Stream.concat(Stream.of(command), Stream.of("--json"))
                                .toArray(String[]::new))
                        .out())
                .toList();
    }

    private static List<Integer> seqs(String... command) throws IOException, InterruptedException {
        return lines(command).stream().map(line -> line.path("seq").asInt()).toList();
    }

    private static String image(String version) {
        return stack.local().path("demo_images").path(version).asText();
    }

    private static String table(String name) {
        return stack.local().path("tables").path(name).asText();
    }

    private static Map<String, AttributeValue> item(String table, Map<String, AttributeValue> key) {
        return dynamo.getItem(get -> get.tableName(table(table)).key(key).consistentRead(true))
                .item();
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        dynamo.putItem(put -> put.tableName(table(table)).item(item));
    }
}
