package dev.berth.local.costs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;

/**
 * The write units of a PartiQL transaction by DynamoDB's rules, for DynamoDB Local does not tell them: two for each begun
 * KB of an item, as it was or as it is, whichever is larger; and one for each entry of an index that comes, goes or changes.
 */
record TransactionUnits(List<Written> items) {
    private static final Pattern TABLE = Pattern.compile("(?:UPDATE|INSERT INTO) \"([^\"]+)\"");
    private static final Pattern INSERTED = Pattern.compile("'(\\w+)': \\?");
    private static final Pattern CONDITION = Pattern.compile("(\\w+) = \\?");

    /**
     * An item that a statement writes.
     *
     * @param was as it was before; empty where it was not there
     */
    private record Written(
            ParameterizedStatement statement, String table, TableShape shape, Map<String, AttributeValue> was) {

        static Written before(
                ParameterizedStatement statement, Function<String, TableShape> shapes, DynamoDbClient plain) {
            Matcher named = TABLE.matcher(statement.statement());
            if (!named.lookingAt()) {
                throw new IllegalStateException("neither an UPDATE nor an INSERT: " + statement.statement());
            }
            String table = named.group(1);
            Written unread = new Written(statement, table, shapes.apply(table), Map.of());
            return unread.isInsert() ? unread : new Written(statement, table, unread.shape(), unread.inTable(plain));
        }

        private boolean isInsert() {
            return statement.statement().startsWith("INSERT");
        }

        double units(DynamoDbClient plain) {
            Map<String, AttributeValue> is = isInsert() ? named(INSERTED, statement.statement(), 0) : inTable(plain);
            return 2 * kilobytes(Math.max(size(was), size(is))) + shape.entriesWritten(was, is);
        }

        private Map<String, AttributeValue> inTable(DynamoDbClient plain) {
            String[] parts = statement.statement().split(" WHERE ", -1);
            int before = (int) parts[0].chars().filter(c -> c == '?').count();
            Map<String, AttributeValue> key = named(CONDITION, parts[1], before);
            key.keySet().retainAll(shape.key());
            return plain.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                    .item();
        }

        /** The parameters by the names that stand before them, but for so many. */
        private Map<String, AttributeValue> named(Pattern name, String text, int skipped) {
            List<String> names = name.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
            Map<String, AttributeValue> named = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                named.put(names.get(i), statement.parameters().get(skipped + i));
            }
            return named;
        }
    }

    /** To be called before it is carried out. */
    static TransactionUnits before(
            ExecuteTransactionRequest request, Function<String, TableShape> shapes, DynamoDbClient plain) {
        return new TransactionUnits(request.transactStatements().stream()
                .map(statement -> Written.before(statement, shapes, plain))
                .toList());
    }

    /** To be called after. */
    double units(DynamoDbClient plain) {
        return items.stream().mapToDouble(item -> item.units(plain)).sum();
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
                throw new IllegalStateException("nothing is known of the size of " + value.type());
        };
    }
}
