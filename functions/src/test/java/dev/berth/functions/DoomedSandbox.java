package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.Template;
import dev.berth.local.lambda.AotCache;
import dev.berth.local.lambda.FunctionRuntime;
import dev.berth.local.lambda.LocalFunction;
import dev.berth.local.lambda.Response;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.wire.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sandboxes of {@link DoomedFunction}, and the messages that they get. */
final class DoomedSandbox implements AutoCloseable {
    private static final int NEVER = 0;
    private static final int DELIVERIES = 5;

    private final LocalBerth berth;
    private final LocalFunction function;

    DoomedSandbox(LocalBerth berth, Path directory) {
        this.berth = berth;
        Template.Function start = berth.aws.function("StartFunction").definition();
        Map<String, String> environment = new HashMap<>(berth.roles.environment());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", berth.aws.dynamoDb().toString());
        environment.put("AWS_ENDPOINT_URL_SQS", berth.aws.sqs().toString());
        function = new LocalFunction(new FunctionRuntime(
                new Template.Function(
                        "DoomedFunction",
                        start.name(),
                        DoomedFunction.class.getName() + "::handleRequest",
                        start.timeout(),
                        start.memoryMegabytes(),
                        start.environment(),
                        List.of(),
                        List.of()),
                List.of(LocalBerth.CODE),
                environment,
                directory.resolve("doomed.log"),
                AotCache.of(List.of(LocalBerth.CODE)),
                _ -> {}));
    }

    /**
     * Delivers a message to a sandbox that dies before that call, and again when the lease is over.
     *
     * <p>As a queue does, it delivers more than once more if it has to: a call that was on its way to the table when its
     * sender died may arrive after the lease was ended here, and takes it again.
     *
     * @return whether it died at all; if there is no such call, it did not
     */
    boolean diesAndComesBack(OpKind kind, ObjectNode job, GameId game, int call) {
        Response first = deliver(kind, job, 1, call);
        String refused = "not delivered again";
        for (int delivery = 2; delivery <= DELIVERIES; delivery++) {
            endLease(game);
            Response again = deliver(kind, job, delivery, NEVER);
            assertThat(again.failed()).as(again.payload()).isFalse();
            if (Json.parse(again.payload()).path("batchItemFailures").isEmpty()) {
                return first.failed();
            }
            refused = again.payload();
        }
        throw new AssertionError("died before call " + call + ", and then: " + refused);
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

    @Override
    public void close() {
        function.close();
    }
}
