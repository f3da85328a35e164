package dev.berth.aws;

import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.text;

import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.port.Bound;
import dev.berth.port.Game;
import dev.berth.wire.Fields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Looking at games: at their items as they are, and at the indexes, which may be a moment late. */
record GameQueries(DynamoDbClient dynamo, Tables tables) {
    private static final String BY_HOST = "by-host";
    private static final String BY_DUE = "by-due";
    private static final String BY_RECOVERY = "by-recovery";

    /** @param at since when it is due */
    private record Waiting(GameId game, Instant at) {
        static Waiting read(Map<String, AttributeValue> item, String time) {
            Fields fields = Fields.of(Items.json(item));
            return new Waiting(
                    fields.text(GameItem.GAME_ID, GameId::new),
                    Instant.ofEpochMilli(fields.whole(time, 0, Long.MAX_VALUE)));
        }
    }

    Optional<Game> find(GameId game) {
        var answer = AwsErrors.translated(() -> dynamo.getItem(
                get -> get.tableName(tables.games()).key(GameItem.key(game)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(GameItem.read(answer.item())) : Optional.empty();
    }

    List<Game> list(int limit) {
        return AwsErrors.translated(() ->
                dynamo
                        .scanPaginator(scan -> scan.tableName(tables.games())
                                .consistentRead(true)
                                .limit(limit))
                        .items()
                        .stream()
                        .limit(limit)
                        .map(GameItem::read)
                        .toList());
    }

    List<GameId> page(Optional<GameId> after, int limit) {
        ScanRequest.Builder scan = ScanRequest.builder()
                .tableName(tables.games())
                .projectionExpression(GameItem.GAME_ID)
                .limit(limit);
        after.ifPresent(game -> scan.exclusiveStartKey(GameItem.key(game)));
        return AwsErrors.translated(() -> dynamo.scanPaginator(scan.build()).items().stream()
                .limit(limit)
                .map(item -> Fields.of(Items.json(item)).text(GameItem.GAME_ID, GameId::new))
                .toList());
    }

    List<Bound> boundTo(HostId host, int limit) {
        return query(BY_HOST, "host_id = :host", Map.of(":host", text(host.value())), limit).stream()
                .map(GameItem::bound)
                .toList();
    }

    /** A lease is free only after its end, and a deployment is due no sooner. */
    List<GameId> due(Instant now, int limit) {
        // What is open is taken up first: however much else is due, nothing stays in between for ever.
        List<Waiting> open = waiting(BY_RECOVERY, GameItem.RECOVER_AT, "<", now, (limit + 1) / 2)
                .toList();
        return Stream.concat(open.stream(), waiting(BY_DUE, GameItem.DUE_AT, "<=", now, limit))
                .limit(limit)
                .sorted(Comparator.comparing(Waiting::at))
                .map(Waiting::game)
                .distinct()
                .toList();
    }

    private Stream<Waiting> waiting(String index, String time, String until, Instant now, int limit) {
        return query(
                        index,
                        GameItem.SWEEP + " = :sweep AND " + time + " " + until + " :now",
                        Map.of(":sweep", text(GameItem.SWEEP_ALL), ":now", millis(now)),
                        limit)
                .stream()
                .map(item -> Waiting.read(item, time));
    }

    private List<Map<String, AttributeValue>> query(
            String index, String condition, Map<String, AttributeValue> values, int limit) {
        return AwsErrors.translated(() -> dynamo
                .queryPaginator(query -> query.tableName(tables.games())
                        .indexName(index)
                        .keyConditionExpression(condition)
                        .expressionAttributeValues(values)
                        .limit(limit))
                .items()
                .stream()
                .limit(limit)
                .toList());
    }
}
