package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.port.OperationLog;
import dev.berth.wire.EntryJson;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads the operation log from DynamoDB. */
public final class DynamoOperationLog implements OperationLog {
    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoOperationLog(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public List<Stored> read(GameId game, long afterSeq, int limit) {
        return AwsErrors.translated(() -> dynamo
                .queryPaginator(query -> query.tableName(tables.operations())
                        .consistentRead(true)
                        .limit(limit)
                        .keyConditionExpression("game_id = :game AND seq > :after")
                        .expressionAttributeValues(Map.of(":game", text(game.value()), ":after", number(afterSeq))))
                .items()
                .stream()
                .limit(limit)
                .map(item -> AwsErrors.stored("log entry", () -> stored(Items.json(item))))
                .toList());
    }

    private static Stored stored(ObjectNode json) {
        return new Stored(EntryJson.read(json), json.path("hash").asText());
    }
}
