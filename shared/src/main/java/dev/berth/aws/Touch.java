package dev.berth.aws;

import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.model.Due;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Game;
import dev.berth.wire.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Notes in a game's item that it is in use: beside whoever holds its lease, and never against what that one writes. */
record Touch(DynamoDbClient dynamo, Tables tables, GameId game, Instant at) {
    private static final int TRIES = 5;

    /** @return false if the game does not run */
    boolean of(Supplier<Optional<Game>> found) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Game> there = found.get().filter(Touch::runs);
            if (there.isEmpty()) {
                return false;
            }
            if (isDone(there.get())) {
                return true;
            }
        }
        throw new OperationFailed(ErrorCode.STORE_UNAVAILABLE, "the game changes all the time");
    }

    private static boolean runs(Game game) {
        return game.record()
                .filter(record -> record.status() == RuntimeStatus.RUNNING)
                .isPresent();
    }

    /** When it is due depends on record and spec, so that the log must not have gone on since they were read. */
    private boolean isDone(Game there) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":seq", number(there.head().seq()));
        values.put(":at", text(Times.write(at)));
        Optional<Instant> due = Due.at(there.record(), there.spec(), at)
                .filter(when -> there.dueAt().map(when::isAfter).orElse(true));
        due.ifPresent(when -> values.put(":due", millis(when)));
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(tables.games())
                .key(GameItem.key(game))
                .conditionExpression("seq = :seq AND (attribute_not_exists(last_touched_at) OR last_touched_at < :at)")
                .updateExpression("SET last_touched_at = :at" + (due.isPresent() ? ", due_at = :due" : ""))
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        try {
            AwsErrors.translated(() -> dynamo.updateItem(request));
            return true;
        } catch (OperationFailed e) {
            if (!(e.getCause() instanceof ConditionalCheckFailedException refused)) {
                throw e;
            }
            return isTouchedLater(refused.item());
        }
    }

    private boolean isTouchedLater(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get(GameItem.LAST_TOUCHED_AT))
                .map(last -> Times.instant(last.s()))
                .filter(last -> !last.isBefore(at))
                .isPresent();
    }
}
