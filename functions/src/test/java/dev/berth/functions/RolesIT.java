package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.functions.Role.Statement;
import dev.berth.functions.Roles.Call;
import dev.berth.local.lambda.Response;
import dev.berth.local.lambda.Sandbox;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.Limits;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every function does everything that it does, in sandboxes that refuse what its role does not grant; then the calls to
 * AWS are held against the roles, both ways. A stack of its own, for a sweep takes up whatever it finds.
 */
@Tag("aws")
@ExtendWith(LocalBerth.Provided.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesIT {
    private static final String STACK = "roles";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What Lambda itself asks with the role of a function: to feed it from its queue, and to keep what it logs. */
    private static final Set<String> OF_LAMBDA = Set.of(
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "logs:CreateLogStream",
            "logs:PutLogEvents");

    /** A restart is sent only where the reconcile that saw a container's end came to its own end before it restarted it. */
    private static final Access AFTER_A_CRASH =
            new Access("sqs:SendMessage", "arn:aws:sqs:eu-west-1:000000000000:" + STACK + "-restart-jobs");

    @TempDir
    static Path directory;

    private final LocalBerth berth;
    private GuardedStack stack;
    private String image;
    private String patch;

    RolesIT(LocalBerth berth) {
        this.berth = berth;
    }

    @BeforeAll
    void start() throws IOException {
        stack = new GuardedStack(berth, STACK, directory);
        stack.secrets.put("games/arena", "not-for-everyone");
        image = stack.pushed("games/roles:1.0.0", "1.0.0");
        patch = stack.pushed("games/roles:1.0.1", "1.0.1");
    }

    @AfterAll
    void end() {
        stack.close();
    }

    @Test
    void everyFunctionMayDoAllThatItDoesAndNothingElse() {
        leadAGameThroughItsLife();
        List.of("stop", "restart", "patch", "cleanup").forEach(this::takeUpADeadStart);
        sweepWhatIsDue();
        sweepADeadStart();
        reconcileAContainerThatHasEnded();
        archiveALongLog();
        meetALogThatIsCut();
        meetAGameThatIsHeld();
        GuardedStack.WORDS.forEach(word -> stack.send(word, "no json at all"));
        reconcileAHostThatCannotBeRead();

        Awaitility.await("what is given back and buried").atMost(LIMIT).until(() -> unused().isEmpty());
        assertThat(stack.roles.seen()).allMatch(Call::allowed);
    }

    /** What a role grants and its function never asked for; of what several roles have, one of the functions is enough. */
    private List<String> unused() {
        List<Call> seen = stack.roles.seen();
        return stack.roles.byFunction.entrySet().stream()
                .flatMap(role -> role.getValue().statements().stream()
                        .filter(Statement::allows)
                        .flatMap(statement -> statement.actions().stream()
                                .flatMap(action ->
                                        statement.resources().stream().map(resource -> new Access(action, resource)))
                                .filter(grant -> !OF_LAMBDA.contains(grant.action()))
                                .filter(grant -> !grant.equals(AFTER_A_CRASH))
                                .filter(grant -> seen.stream()
                                        .filter(call -> stack.roles
                                                .byFunction
                                                .get(call.function())
                                                .statements()
                                                .contains(statement))
                                        .noneMatch(
                                                call -> call.access().action().equals(grant.action())
                                                        && Role.matches(
                                                                grant.resource(),
                                                                call.access().resource())))
                                .map(grant -> role.getKey() + " " + grant.action() + " " + grant.resource())))
                .toList();
    }

    // --- what the functions do ---

    private void leadAGameThroughItsLife() {
        GameId game = LocalBerth.newGame();
        stack.done("start", startOf(game, "-start"));
        stack.done("restart", GuardedStack.message(game, "-restart"));
        stack.done("patch", GuardedStack.message(game, "-patch").put("image_ref", patch));
        stack.done("stop", GuardedStack.message(game, "-stop"));
        stack.done(
                "cleanup",
                GuardedStack.message(game, "-cleanup")
                        .put("op_source", "admin_rest")
                        .put("purge_volumes", true));
    }

    /** Any job first finishes what a dead attempt has left open, which may need all that the dead one needed. */
    private void takeUpADeadStart(String word) {
        GameId game = LocalBerth.newGame();
        dieInTheMiddleOf(startOf(game, "-dead"));
        endLease(game);
        // So old that it does not end the start, but comes after it.
        ObjectNode message = GuardedStack.message(game, "-" + word).put("requested_at", "2026-01-01T00:00:00Z");
        stack.send(word, (word.equals("patch") ? message.put("image_ref", patch) : message).toString());
        assertThat(stack.results.await(game + "-dead").path("effect").asText()).isEqualTo("resumed");
        stack.results.await(game + "-" + word);
    }

    private void sweepADeadStart() {
        GameId game = LocalBerth.newGame();
        dieInTheMiddleOf(startOf(game, "-dead"));
        endLease(game);
        Awaitility.await("the end of " + game).atMost(LIMIT).pollInSameThread().until(() -> {
            sweep("due");
            return !stack.results.of(game + "-dead").isEmpty();
        });
    }

    private void sweepWhatIsDue() {
        GameId game = LocalBerth.newGame();
        ObjectNode start = startOf(game, "-start");
        ((ObjectNode) start.path("spec")).put("auto_stop_after", "1s").put("retain_for", "1s");
        stack.done("start", start);
        Awaitility.await("the cleanup of " + game)
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> {
                    sweep("due");
                    return stack.results.all().stream()
                            .filter(result -> result.path("game_id").asText().equals(game.value()))
                            .anyMatch(result -> result.path("op_kind").asText().equals("cleanup_container"));
                });
        sweep("reconcile");
    }

    private void reconcileAContainerThatHasEnded() {
        GameId game = LocalBerth.newGame();
        ObjectNode start = startOf(game, "-start");
        ((ObjectNode) start.path("spec")).put("restart", "always");
        String container = stack.done("start", start).path("container_id").asText();
        berth.engine.api().send("POST", "/containers/" + container + "/kill", "");
        for (int i = 1; i <= 2; i++) {
            ObjectNode message =
                    Json.object().put("host_id", LocalBerth.HOST.value()).put("job_id", game + "-look-" + i);
            stack.send("reconcile", message.toString());
            stack.results.await(game + "-look-" + i);
        }
        assertThat(stack.results.all())
                .anyMatch(result -> result.path("game_id").asText().equals(game.value())
                        && result.path("op_kind").asText().equals("restart")
                        && result.path("op_source").asText().equals("auto_reconcile"));
    }

    /** A segment of refusals is soon written. */
    private void archiveALongLog() {
        GameId game = LocalBerth.newGame();
        stack.done("start", startOf(game, "-start"));
        List<String> wrong = IntStream.rangeClosed(1, Limits.SEGMENT)
                .mapToObj(i -> GuardedStack.message(game, "-" + i)
                        .put("colour", "blue")
                        .toString())
                .toList();
        Response refused = stack.aws.function("StopFunction").invoke(LocalBerth.event("wrong", wrong, 1));
        assertThat(refused.payload()).contains("\"batchItemFailures\":[]");
        Awaitility.await("that it is old enough")
                .atMost(LIMIT)
                .pollInSameThread()
                .untilAsserted(() -> {
                    Response report = stack.aws.function("ArchiveFunction").invoke("{}");
                    assertThat(report.failed()).as(report.payload()).isFalse();
                    assertThat(Json.parse(report.payload()).path("archived").asInt())
                            .as(report.payload())
                            .isPositive();
                });
    }

    /** The entry that the game knows as the last is asked for by itself. */
    private void meetALogThatIsCut() {
        GameId game = LocalBerth.newGame();
        stack.done("start", startOf(game, "-start"));
        stack.dynamo.deleteItem(delete -> delete.tableName(stack.tables.operations())
                .key(Map.of("game_id", AttributeValue.fromS(game.value()), "seq", AttributeValue.fromN("1"))));
        assertThat(stack.finished("stop", GuardedStack.message(game, "-stop"))
                        .path("error_code")
                        .asText())
                .isEqualTo("log_corrupt");
    }

    private void meetAGameThatIsHeld() {
        GameId game = LocalBerth.newGame();
        stack.dynamo.putItem(put -> put.tableName(stack.tables.games())
                .item(Map.of(
                        "game_id", AttributeValue.fromS(game.value()),
                        "fence", AttributeValue.fromN("1"),
                        "lease_owner", AttributeValue.fromS("somebody"),
                        "lease_until",
                                AttributeValue.fromN(Long.toString(System.currentTimeMillis() + LIMIT.toMillis())))));
        List.of("stop", "restart", "cleanup")
                .forEach(word ->
                        stack.send(word, GuardedStack.message(game, "-" + word).toString()));
        stack.send("start", startOf(game, "-start").toString());
        stack.send(
                "patch",
                GuardedStack.message(game, "-patch").put("image_ref", patch).toString());
    }

    /** The last thing to be done: nobody can read the hosts any more. */
    private void reconcileAHostThatCannotBeRead() {
        HostId broken = new HostId("broken");
        stack.dynamo.putItem(put ->
                put.tableName(stack.tables.hosts()).item(Map.of("host_id", AttributeValue.fromS(broken.value()))));
        stack.send("reconcile", Json.object().put("host_id", broken.value()).toString());
    }

    // --- how ---

    private ObjectNode startOf(GameId game, String id) {
        ObjectNode message = berth.startOf(game, game + id).put("image_ref", image);
        ObjectNode spec = (ObjectNode) message.path("spec");
        spec.put("vcpu", 0.05).put("memory", "32M");
        spec.putObject("env").put("TOKEN", "{{secret:games/arena}}");
        spec.putArray("files").addObject().put("path", "/etc/arena.conf").put("content", "of " + game);
        spec.putArray("volumes").addObject().put("name", "world").put("path", "/world");
        return message;
    }

    private void sweep(String task) {
        var response = stack.aws.function("SweepFunction").invoke("{\"task\": \"" + task + "\"}");
        assertThat(response.failed()).as(response.payload()).isFalse();
    }

    /** It dies while it waits for its container; neither that nor the image is there when it is taken up. */
    private void dieInTheMiddleOf(ObjectNode start) {
        ((ObjectNode) start.path("spec")).put("settle_seconds", 3);
        var function = stack.aws.function("StartFunction");
        var response = CompletableFuture.supplyAsync(() -> function.invoke(LocalBerth.event(start, 1)));
        GameId game = new GameId(start.path("game_id").asText());
        Awaitility.await("the container of " + game)
                .atMost(LIMIT)
                .until(() -> stack.containers(game).anyMatch(Someone::isLive));
        function.sandboxes().stream().filter(Sandbox::isBusy).forEach(Sandbox::kill);
        assertThat(response.join().failed()).isTrue();
        stack.containers(game)
                .forEach(there -> berth.engine
                        .api()
                        .send("DELETE", "/containers/" + there.path("Id").asText() + "?force=true", ""));
        stack.forget(image);
    }

    /** Fair, because whoever held it is dead and time is all that passes until it runs out; nobody waits a minute. */
    private void endLease(GameId game) {
        stack.dynamo.updateItem(update -> update.tableName(stack.tables.games())
                .key(Map.of("game_id", AttributeValue.fromS(game.value())))
                .updateExpression("SET lease_until = :past, recover_at = :past")
                .expressionAttributeValues(Map.of(":past", AttributeValue.fromN("1"))));
    }
}
