package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.Template;
import dev.berth.local.lambda.FunctionRuntime;
import dev.berth.local.lambda.LocalFunction;
import dev.berth.local.lambda.Response;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import dev.berth.port.OperationLog.Stored;
import dev.berth.wire.Json;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A sandbox dies before each single call that a start and a stop make; then the message is delivered again. */
@ExtendWith(LocalBerth.Provided.class)
@Tag("kills")
class KilledAtEveryCallIT {
    private static final int NEVER = 0;
    private static final int CALLS_OF_A_START = 10;
    private static final int CALLS_OF_A_STOP = 7;

    private final LocalBerth berth;
    private final Arena arena;
    private final Handler handler;
    private final LocalFunction function;

    KilledAtEveryCallIT(LocalBerth berth, @TempDir Path directory) {
        this.berth = berth;
        arena = new Arena(berth);
        handler = new Handler(berth, Clock.system());
        Template.Function start = berth.aws.function("StartFunction").definition();
        function = new LocalFunction(new FunctionRuntime(
                new Template.Function(
                        "DoomedFunction",
                        "doomed",
                        DoomedFunction.class.getName() + "::handleRequest",
                        start.timeout(),
                        start.memoryMegabytes(),
                        start.environment(),
                        List.of(),
                        List.of()),
                List.of(
                        LocalBerth.ROOT.resolve("functions/target/functions.jar"),
                        LocalBerth.ROOT.resolve("functions/target/test-classes")),
                Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB", berth.aws.dynamoDb().toString(),
                        "AWS_ENDPOINT_URL_SQS", berth.aws.sqs().toString()),
                directory.resolve("doomed.log"),
                _ -> {}));
    }

    @AfterEach
    void close() {
        function.close();
        handler.close();
    }

    @Test
    void aStartEndsWithOneRunningContainerWhereverItsFunctionDies() {
        boolean died = true;
        int call = 0;
        while (died) {
            GameId game = LocalBerth.newGame();
            call++;
            died = diesAndComesBack(OpKind.START, arena.startMessage(game, game + "-start"), game, call);

            assertThat(arena.running(game)).as("died before call %d", call).hasSize(1);
            assertEnded(game, call, 1, RuntimeStatus.RUNNING);
        }
        assertThat(call).isGreaterThan(CALLS_OF_A_START);
    }

    @Test
    void aStopEndsWithOneStoppedContainerWhereverItsFunctionDies() {
        boolean died = true;
        int call = 0;
        while (died) {
            GameId game = LocalBerth.newGame();
            call++;
            handler.finish(arena.start(game, game + "-start"));
            died = diesAndComesBack(OpKind.STOP, Arena.stopMessage(game, game + "-stop"), game, call);

            assertThat(arena.containers(game)).as("died before call %d", call).hasSize(1);
            assertThat(arena.running(game)).as("died before call %d", call).isEmpty();
            assertEnded(game, call, 2, RuntimeStatus.STOPPED);
        }
        assertThat(call).isGreaterThan(CALLS_OF_A_STOP);
    }

    private void assertEnded(GameId game, int call, int entries, RuntimeStatus status) {
        List<Stored> log = berth.entries(game);
        assertThat(log).as("died before call %d", call).hasSize(entries);
        assertThat(berth.game(game).flatMap(Game::record).orElseThrow().status())
                .isEqualTo(status);
        String last = log.getLast().entry().job().value();
        List<ObjectNode> results = List.of(berth.results.await(last));
        assertThat(new HashSet<>(berth.results.of(last))).hasSize(1);
        assertThat(results.getFirst().path("outcome").asText()).isEqualTo("success");
        arena.assertSettled(game);
        arena.clear(game);
    }

    /** @return whether it died at all; if there is no such call, it did not */
    private boolean diesAndComesBack(OpKind kind, ObjectNode job, GameId game, int call) {
        Response first = deliver(kind, job, 1, call);
        endLease(game);
        Response second = deliver(kind, job, 2, NEVER);
        assertThat(second.failed()).as(second.payload()).isFalse();
        assertThat(Json.parse(second.payload()).path("batchItemFailures"))
                .as("died before call %d", call)
                .isEmpty();
        return first.failed();
    }

    /** Fair, because whoever held it is dead and time is all that passes until it runs out; nobody waits a minute. */
    private void endLease(GameId game) {
        if (berth.item(game).containsKey("lease_until")) {
            berth.dynamo.updateItem(update -> update.tableName(berth.tables.games())
                    .key(Map.of("game_id", AttributeValue.fromS(game.value())))
                    .updateExpression("SET lease_until = :past")
                    .expressionAttributeValues(Map.of(":past", AttributeValue.fromN("1"))));
        }
    }

    private Response deliver(OpKind kind, ObjectNode job, int delivery, int diesBefore) {
        ObjectNode event = Json.object();
        ObjectNode record = event.putArray("Records").addObject();
        record.put("messageId", "message-1").put("receiptHandle", "none").put("body", job.toString());
        record.put("eventSource", "aws:sqs").put("awsRegion", berth.aws.region());
        record.putObject("attributes")
                .put("ApproximateReceiveCount", Integer.toString(delivery))
                .put("SentTimestamp", Long.toString(System.currentTimeMillis()));
        ObjectNode attributes = record.putObject("messageAttributes");
        attributes.putObject("kind").put("stringValue", kind.wire()).put("dataType", "String");
        attributes
                .putObject("dies_before")
                .put("stringValue", Integer.toString(diesBefore))
                .put("dataType", "String");
        return function.invoke(event.toString());
    }
}
