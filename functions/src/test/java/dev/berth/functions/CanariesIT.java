package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.lambda.Response;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What goes in does not come out: every place of every message, the secrets, and the material of hosts have canaries, and
 * none is met where people look: log lines and metrics, entries, results, labels, dead letters' attributes, records.
 *
 * <p>Not among the places: {@code source_ref} and the labels of a spec, which are meant to be seen. Not looked at: the spec
 * in a game's item and in its open deployment, the contents of files in their table, the environment and the command that
 * the engine shows, and the bodies of dead letters, which are there because of what is in them.
 */
@ExtendWith(LocalBerth.Provided.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanariesIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Ends in version 1.0.1, and then tells all that it knows. */
    private static final String SCRIPT = "read version < /www/index.html; case \"$version\" in *1.0.1)"
            + " busybox env; echo \"$0\"; exit 3;; esac; trap 'exit 0' TERM; sleep 100000 & wait";

    @TempDir
    static Path directory;

    private final LocalBerth berth;
    private final Canaries canaries = new Canaries();
    private final List<String> labels = new ArrayList<>();
    private final List<Message> dead = new ArrayList<>();
    private GuardedStack stack;
    private String image;
    private String patch;

    CanariesIT(LocalBerth berth) {
        this.berth = berth;
    }

    @BeforeAll
    void start() throws IOException {
        stack = new GuardedStack(berth, "canaries", directory);
        stack.secrets.put("games/whole", canaries.put("a secret"));
        stack.secrets.put(
                "games/parts",
                Json.object()
                        .put("token", canaries.put("a field of a secret"))
                        .put("other", canaries.put("a field that no spec names"))
                        .toString());
        image = stack.pushed("games/canary:1.0.0", "1.0.0");
        patch = stack.pushed("games/canary:1.0.1", "1.0.1");
        String registry = image.substring(0, image.indexOf('/'));
        stack.secrets.put(
                "logins",
                Json.object()
                        .set(
                                "auths",
                                Json.object()
                                        .set(
                                                registry,
                                                Json.object()
                                                        .put("username", "berth")
                                                        .put("password", canaries.put("a registry's password"))))
                        .toString());
        Files.readAllLines(berth.engine.tls().resolve("key.pem")).stream()
                .filter(line -> !line.startsWith("-"))
                .forEach(line -> canaries.put("a line of a host's key", line));
    }

    @AfterAll
    void end() {
        stack.close();
    }

    @Test
    void noSecretIsMetWherePeopleLook() {
        GameId game = startAndPatchInVain();
        startInVain();
        refuse(game);
        stack.done("stop", GuardedStack.message(game, "-stop"));
        stack.done("cleanup", GuardedStack.message(game, "-cleanup"));
        meetHostsWithPasswords(game);

        assertThat(canaries.count()).isGreaterThanOrEqualTo(50);
        assertSilent("log lines", List.copyOf(stack.lines));
        assertSilent("entries", items(stack.tables.operations()));
        assertSilent("kept results", items(stack.tables.jobs()));
        assertSilent("games", items(stack.tables.games()));
        assertSilent(
                "results", stack.results.all().stream().map(JsonNode::toString).toList());
        assertSilent("labels", labels);
        assertSilent(
                "attributes of dead letters",
                dead.stream()
                        .map(message -> message.messageAttributes().toString())
                        .toList());
    }

    private void assertSilent(String where, List<String> texts) {
        assertThat(texts)
                .as(where)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(canaries.in(text))
                        .as("places whose canaries are in " + where)
                        .isEmpty());
    }

    // --- what is done ---

    /** The container that is patched prints all that it knows, and ends. */
    private GameId startAndPatchInVain() {
        GameId game = LocalBerth.newGame();
        ObjectNode started = stack.done("start", withCanaries(startOf(game, "-start")));
        JsonNode container = Json.parse(berth.engine
                .api()
                .send("GET", "/containers/" + started.path("container_id").asText() + "/json", "")
                .body());
        assertThat(canaries.in(container.toString()))
                .as("what the container knows")
                .contains(
                        "env", "a line of env", "a secret", "a field of a secret", "an argument", "a health argument");
        noteLabels(game);

        ObjectNode patched =
                stack.finished("patch", GuardedStack.message(game, "-patch").put("image_ref", patch));
        assertThat(patched.path("effect").asText()).as(patched.toString()).isEqualTo("rolled_back");
        assertThat(patched.path("error_message").asText()).contains("PLAIN=***", "TOKEN=***");
        noteLabels(game);
        stack.done("restart", GuardedStack.message(game, "-restart"));
        noteLabels(game);
        return game;
    }

    private void startInVain() {
        GameId game = LocalBerth.newGame();
        ObjectNode telling =
                stack.finished("start", withCanaries(startOf(game, "-tells")).put("image_ref", patch));
        assertThat(telling.path("error_message").asText()).contains("PLAIN=***", "TOKEN=***");

        ObjectNode unhealthy = withCanaries(startOf(game, "-unhealthy"));
        unhealthy
                .withArray("/spec/health/command")
                .removeAll()
                .add("sh")
                .add("-c")
                .add("exit 1");
        unhealthy.withArray("/spec/health/command").add(canaries.put("an argument of a check that fails"));
        assertThat(stack.finished("start", unhealthy).path("error_code").asText())
                .isEqualTo("container_unhealthy");

        ObjectNode absent = startOf(game, "-absent");
        ObjectNode spec = absent.withObject("/spec").put("settle_seconds", 2);
        spec.putArray("command").add("/" + canaries.put("a program that is not there"));
        assertThat(stack.finished("start", absent).path("error_code").asText()).isEqualTo("container_start_failed");

        for (String prefix : List.of("games/", "hosts/")) {
            ObjectNode nameless = startOf(game, "-" + prefix.replace("/", ""));
            String reference =
                    "{{secret:" + prefix + canaries.put("a secret that is not there, under " + prefix) + "}}";
            nameless.withObject("/spec/env").put("TOKEN", reference);
            assertThat(stack.finished("start", nameless).path("error_message").asText())
                    .startsWith("spec.env.TOKEN names a secret that is not there");
        }

        ObjectNode unknown = startOf(game, "-unknown").put("image_ref", image.replace("1.0.0", "9.9.9"));
        assertThat(stack.finished("start", unknown).path("error_code").asText()).isEqualTo("image_not_found");
        noteLabels(game);
    }

    /** Every message is refused: with a result, or as a dead letter. */
    private void refuse(GameId game) {
        WrongMessages wrong = new WrongMessages(canaries, game.value(), LocalBerth.HOST.value());
        int before = stack.results.all().size();
        int sent = 0;
        for (String word : GuardedStack.WORDS) {
            List<String> bodies = wrong.of(word);
            String function = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + "Function";
            deliver(function, bodies, 1);
            sent += bodies.size();
        }
        int all = sent;
        Awaitility.await("the end of all messages").atMost(LIMIT).until(() -> {
            collectDeadLetters();
            return stack.results.all().size() - before + dead.size() >= all;
        });
        assertThat(stack.results.all().subList(before, before + all - dead.size()))
                .allSatisfy(result -> assertThat(result.path("error_code").asText())
                        .as(result.toString())
                        .isEqualTo("invalid_request"));
        assertThat(dead)
                .allSatisfy(message -> assertThat(
                                message.messageAttributes().get("error_code").stringValue())
                        .isEqualTo("invalid_request"));
    }

    private void collectDeadLetters() {
        for (String word : GuardedStack.WORDS) {
            String url = stack.aws.queueUrl(stack.name + "-" + word + "-jobs-dead");
            List<Message> messages = stack.sqs
                    .receiveMessage(receive ->
                            receive.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages();
            messages.forEach(message ->
                    stack.sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle())));
            dead.addAll(messages);
        }
    }

    /** The last thing to be done: nobody can read the hosts any more. */
    private void meetHostsWithPasswords(GameId game) {
        putHost("with-password", "tcp://user:" + canaries.put("an endpoint's password") + "@127.0.0.1:2376");
        reconcile("with-password", "look-1");
        putHost("no-uri", "tcp://user :" + canaries.put("the password of what is no URI") + "@127.0.0.1:2376");
        reconcile("no-uri", "look-2");
        deliver("StartFunction", List.of(startOf(game, "-again").toString()), Limits.MAX_DELIVERIES);
        for (String job : List.of("look-1", "look-2", game + "-again")) {
            assertThat(stack.results.await(job).path("error_message").asText()).contains("endpoint");
        }
    }

    /** Straight to the function, in one batch: messages of one game would wait for each other's leases. */
    private void deliver(String function, List<String> bodies, int delivery) {
        Response response = stack.aws.function(function).invoke(LocalBerth.event(function, bodies, delivery));
        assertThat(response.failed()).as(response.payload()).isFalse();
        assertThat(Json.parse(response.payload()).path("batchItemFailures"))
                .as(response.payload())
                .isEmpty();
    }

    private void reconcile(String host, String job) {
        String message = Json.object().put("host_id", host).put("job_id", job).toString();
        deliver("ReconcileFunction", List.of(message), Limits.MAX_DELIVERIES);
    }

    private void putHost(String id, String endpoint) {
        Map<String, AttributeValue> item = new HashMap<>(stack.dynamo
                .getItem(get -> get.tableName(stack.tables.hosts())
                        .key(Map.of("host_id", AttributeValue.fromS(LocalBerth.HOST.value()))))
                .item());
        item.put("host_id", AttributeValue.fromS(id));
        item.put("endpoint", AttributeValue.fromS(endpoint));
        stack.dynamo.putItem(put -> put.tableName(stack.tables.hosts()).item(item));
    }

    // --- how ---

    private ObjectNode startOf(GameId game, String id) {
        ObjectNode message = berth.startOf(game, game + id).put("image_ref", image);
        ((ObjectNode) message.path("spec"))
                .put("vcpu", 0.05)
                .put("memory", "32M")
                .remove("ports");
        return message;
    }

    private ObjectNode withCanaries(ObjectNode message) {
        ObjectNode spec = (ObjectNode) message.path("spec");
        spec.putObject("env")
                .put("PLAIN", canaries.put("env"))
                .put("LINES", canaries.put("a line of env") + "\n" + canaries.put("another line of env"))
                .put("TOKEN", "{{secret:games/whole}}")
                .put("PART", "{{secret:games/parts#token}}");
        spec.putArray("command").add("sh").add("-c").add(SCRIPT).add(canaries.put("an argument"));
        ObjectNode health = spec.putObject("health").put("interval_seconds", 1).put("retries", 1);
        health.putArray("command").add("sh").add("-c").add("exit 0").add(canaries.put("a health argument"));
        spec.putArray("files")
                .add(Json.object().put("path", "/etc/text").put("content", canaries.put("a file's text")))
                .add(Json.object()
                        .put("path", "/etc/bytes")
                        .put("content_base64", Canaries.base64(canaries.put("a file's bytes"))));
        return message;
    }

    private void noteLabels(GameId game) {
        stack.containers(game).forEach(there -> labels.add(there.path("Labels").toString()));
    }

    /** All items of a table, but for where a spec is kept as it is. */
    private List<String> items(String table) {
        return stack.dynamo.scanPaginator(scan -> scan.tableName(table)).items().stream()
                .map(item -> {
                    Map<String, AttributeValue> shown = new HashMap<>(item);
                    shown.remove("spec");
                    return shown.toString();
                })
                .toList();
    }
}
