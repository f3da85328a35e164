package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;

/**
 * The write units of a PartiQL transaction by DynamoDB's rules, for DynamoDB Local does not tell them: two for each begun
 * KB of an item, as it was or as it is, whichever is larger; and one for each entry of an index that comes, goes or changes.
 *
 * @param games the items of the games that are updated, as they were
 */
record TransactionUnits(ExecuteTransactionRequest request, Map<String, Map<String, AttributeValue>> games) {
    private static final Pattern NAME = Pattern.compile("'(\\w+)': \\?");

    /** Of the table of games; an entry has the attributes of its index, if the item has all the first two of them. */
    private static final List<List<String>> INDEXES = List.of(
            List.of("host_id", "game_id", "status", "desired", "container_id"),
            List.of("sweep", "due_at", "game_id"),
            List.of("sweep", "recover_at", "game_id"));

    /** To be called before it is carried out. */
    static TransactionUnits before(ExecuteTransactionRequest request, DynamoDbClient plain) {
        Map<String, Map<String, AttributeValue>> games = new HashMap<>();
        request.transactStatements().stream()
                .filter(TransactionUnits::updatesGame)
                .forEach(statement -> games.put(game(statement), item(statement, plain)));
        return new TransactionUnits(request, games);
    }

    /** To be called after. */
    double units(DynamoDbClient plain) {
        return request.transactStatements().stream()
                .mapToDouble(statement -> units(statement, plain))
                .sum();
    }

    private double units(ParameterizedStatement statement, DynamoDbClient plain) {
        if (updatesGame(statement)) {
            Map<String, AttributeValue> was = games.get(game(statement));
            Map<String, AttributeValue> is = item(statement, plain);
            return 2 * kilobytes(Math.max(size(was), size(is))) + indexUnits(was, is);
        }
        // A host's item is far below one KB.
        Map<String, AttributeValue> inserted = inserted(statement);
        return 2 * kilobytes(size(inserted)) + (inserted.containsKey("op_id") && inserted.containsKey("seq") ? 1 : 0);
    }

    private static boolean updatesGame(ParameterizedStatement statement) {
        return statement.statement().startsWith("UPDATE")
                && statement.statement().contains("-games\"");
    }

    /** The key comes before fence and owner. */
    private static String game(ParameterizedStatement update) {
        return update.parameters().get(update.parameters().size() - 3).s();
    }

    private static Map<String, AttributeValue> item(ParameterizedStatement update, DynamoDbClient plain) {
        String table = update.statement().split("\"", -1)[1];
        return plain.getItem(get -> get.tableName(table)
                        .key(Map.of("game_id", AttributeValue.fromS(game(update))))
                        .consistentRead(true))
                .item();
    }

    private static Map<String, AttributeValue> inserted(ParameterizedStatement insert) {
        List<String> names = NAME.matcher(insert.statement())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        Map<String, AttributeValue> item = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            item.put(names.get(i), insert.parameters().get(i));
        }
        return item;
    }

    /** An entry that gets another key goes and comes. */
    private static int indexUnits(Map<String, AttributeValue> was, Map<String, AttributeValue> is) {
        int units = 0;
        for (List<String> index : INDEXES) {
            Map<String, AttributeValue> before = entry(index, was);
            Map<String, AttributeValue> after = entry(index, is);
            boolean moved = !before.isEmpty()
                    && !after.isEmpty()
                    && !entry(index.subList(0, 2), was).equals(entry(index.subList(0, 2), is));
            units += moved ? 2 : before.equals(after) ? 0 : 1;
        }
        return units;
    }

    private static Map<String, AttributeValue> entry(List<String> attributes, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> entry = new HashMap<>(item);
        entry.keySet().retainAll(attributes);
        return entry.keySet().containsAll(attributes.subList(0, 2)) ? entry : Map.of();
    }

    private static int kilobytes(long bytes) {
        return Math.max(1, (int) Math.ceilDiv(bytes, 1024L));
    }

    private static long size(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(each -> each.getKey().getBytes(UTF_8).length + size(each.getValue()))
                .sum();
    }

    private static long size(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s().getBytes(UTF_8).length;
            case N -> value.n().length() / 2 + 1;
            case M -> 3 + value.m().size() + size(value.m());
            case L -> 3 + value.l().stream().mapToLong(each -> 1 + size(each)).sum();
            case BOOL, NUL -> 1;
            case B, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("nothing of ours is of type " + value.type());
        };
    }
}
