package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;
import static java.util.Objects.requireNonNull;

import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OperationFailed;
import dev.berth.port.OperationLog;
import dev.berth.wire.EntryJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads the operation log from DynamoDB. */
public final class DynamoOperationLog implements OperationLog {
    private static final String BY_OPERATION = "by-op";

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoOperationLog(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public List<LoggedEntry> read(GameId game, long afterSeq, int limit) {
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.operations())
                .consistentRead(true)
                .limit(limit)
                .keyConditionExpression("game_id = :game AND seq > :after")
                .expressionAttributeValues(Map.of(":game", text(game.value()), ":after", number(afterSeq)))
                .build();
        return query(request, limit).stream().map(DynamoOperationLog::logged).toList();
    }

    @Override
    public Optional<LoggedEntry> find(Key key) {
        // Unlike a query, this waits for a transaction that is just being applied.
        GetItemResponse answer = AwsErrors.translated(() -> dynamo.getItem(
                get -> get.tableName(tables.operations()).key(key(key)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(logged(answer.item())) : Optional.empty();
    }

    @Override
    public LogHead newest(GameId game) {
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.operations())
                .consistentRead(true)
                .scanIndexForward(false)
                .limit(1)
                .keyConditionExpression("game_id = :game")
                .expressionAttributeValues(Map.of(":game", text(game.value())))
                .projectionExpression("seq, #hash")
                .expressionAttributeNames(Map.of("#hash", "hash"))
                .build();
        return query(request, 1).stream()
                .map(item -> new LogHead(seq(item), hash(item)))
                .findFirst()
                .orElse(LogHead.EMPTY);
    }

    @Override
    public List<Key> ofOperation(OpId op, int limit) {
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.operations())
                .indexName(BY_OPERATION)
                .limit(limit)
                .keyConditionExpression("op_id = :op")
                .expressionAttributeValues(Map.of(":op", text(op.value())))
                .build();
        return query(request, limit).stream().map(DynamoOperationLog::key).toList();
    }

    @Override
    public Page all(Optional<Key> after, int limit) {
        ScanRequest.Builder request =
                ScanRequest.builder().tableName(tables.operations()).limit(limit);
        after.ifPresent(last -> request.exclusiveStartKey(key(last)));
        ScanResponse page = AwsErrors.translated(() -> dynamo.scan(request.build()));
        return new Page(
                page.items().stream().map(DynamoOperationLog::logged).toList(),
                page.hasLastEvaluatedKey() ? Optional.of(key(page.lastEvaluatedKey())) : Optional.empty());
    }

    private List<Map<String, AttributeValue>> query(QueryRequest request, int limit) {
        return AwsErrors.translated(() ->
                dynamo.queryPaginator(request).items().stream().limit(limit).toList());
    }

    static Map<String, AttributeValue> key(Key key) {
        return Map.of("game_id", text(key.game().value()), "seq", number(key.seq()));
    }

    private static Key key(Map<String, AttributeValue> item) {
        return new Key(new GameId(requireNonNull(item.get("game_id")).s()), seq(item));
    }

    /** The key may be any number; what is between two entries is in the place of the later one. */
    private static long seq(Map<String, AttributeValue> item) {
        return new BigDecimal(requireNonNull(item.get("seq")).n()).longValue();
    }

    /** Whatever stands there: it is compared, and told if it is wrong. */
    private static String hash(Map<String, AttributeValue> item) {
        AttributeValue hash = item.get("hash");
        return hash == null || hash.s() == null ? "" : hash.s();
    }

    /** An item that is no JSON is none that was written: it is told by its place, and its hash is nothing's. */
    private static LoggedEntry logged(Map<String, AttributeValue> item) {
        try {
            return EntryJson.logged(Items.json(item));
        } catch (OperationFailed | IllegalArgumentException | ArithmeticException foreign) {
            Key key = key(item);
            return new LoggedEntry(
                    key.game(),
                    key.seq(),
                    "",
                    hash(item),
                    "none",
                    new LoggedEntry.Content.Unknown("is no entry: " + foreign.getMessage()),
                    "");
        }
    }
}
