package dev.berth.local.costs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What a table's items are found by.
 *
 * @param key the names of the attributes that make its key
 */
record TableShape(List<String> key, List<Index> indexes) {

    /**
     * An index: an item has an entry there if it has all attributes of the index's key.
     *
     * @param attributes those that an entry has
     * @param all whether an entry has whatever the item has
     */
    private record Index(List<String> key, List<String> attributes, boolean all) {
        static Index of(GlobalSecondaryIndexDescription told, List<String> keyOfTable) {
            List<String> attributes = new ArrayList<>(keyOfTable);
            attributes.addAll(names(told.keySchema()));
            attributes.addAll(told.projection().nonKeyAttributes());
            return new Index(
                    names(told.keySchema()), attributes, told.projection().projectionType() == ProjectionType.ALL);
        }

        /** How many entries are written: one that gets another key goes and comes. */
        int written(Map<String, AttributeValue> was, Map<String, AttributeValue> is) {
            Map<String, AttributeValue> before = entry(was);
            Map<String, AttributeValue> after = entry(is);
            boolean moved =
                    !before.isEmpty() && !after.isEmpty() && !keyOf(before).equals(keyOf(after));
            return moved ? 2 : before.equals(after) ? 0 : 1;
        }

        private Map<String, AttributeValue> keyOf(Map<String, AttributeValue> entry) {
            Map<String, AttributeValue> found = new HashMap<>(entry);
            found.keySet().retainAll(key);
            return found;
        }

        private Map<String, AttributeValue> entry(Map<String, AttributeValue> item) {
            if (!item.keySet().containsAll(key)) {
                return Map.of();
            }
            Map<String, AttributeValue> entry = new HashMap<>(item);
            if (!all) {
                entry.keySet().retainAll(attributes);
            }
            return entry;
        }
    }

    static TableShape of(String table, DynamoDbClient dynamo) {
        TableDescription told =
                dynamo.describeTable(describe -> describe.tableName(table)).table();
        List<String> key = names(told.keySchema());
        return new TableShape(
                key,
                told.globalSecondaryIndexes().stream()
                        .map(index -> Index.of(index, key))
                        .toList());
    }

    private static List<String> names(List<KeySchemaElement> schema) {
        return schema.stream().map(KeySchemaElement::attributeName).toList();
    }

    /** How many entries of the indexes are written when an item becomes another one. */
    int entriesWritten(Map<String, AttributeValue> was, Map<String, AttributeValue> is) {
        return indexes.stream().mapToInt(index -> index.written(was, is)).sum();
    }
}
