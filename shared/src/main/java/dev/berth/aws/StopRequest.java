package dev.berth.aws;

import static dev.berth.aws.Items.text;

import dev.berth.model.GameId;
import dev.berth.model.OperationFailed;
import dev.berth.wire.Times;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Leaves in a game's item that whoever holds it is to end what it does; nothing happens if nobody does. */
record StopRequest(DynamoDbClient dynamo, Tables tables, GameId game, Instant requestedAt) {
    void leave() {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(tables.games())
                .key(GameItem.key(game))
                .conditionExpression("attribute_exists(lease_owner)"
                        + " AND (attribute_not_exists(stop_requested) OR stop_requested < :at)")
                .updateExpression("SET stop_requested = :at")
                .expressionAttributeValues(Map.of(":at", text(Times.write(requestedAt))))
                .build();
        try {
            AwsErrors.translated(() -> dynamo.updateItem(request));
        } catch (OperationFailed e) {
            if (!(e.getCause() instanceof ConditionalCheckFailedException)) {
                throw e;
            }
        }
    }
}
