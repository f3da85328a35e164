package dev.berth.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** JSON as DynamoDB attributes and back: objects as maps, so that an item reads the same in any tool. */
final class Items {
    private Items() {}

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static Map<String, AttributeValue> of(ObjectNode json) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        json.properties().forEach(field -> item.put(field.getKey(), value(field.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> AttributeValue.fromS(node.textValue());
            case NUMBER -> AttributeValue.fromN(node.decimalValue().toPlainString());
            case BOOLEAN -> AttributeValue.fromBool(node.booleanValue());
            case NULL, MISSING -> AttributeValue.fromNul(true);
            case OBJECT -> AttributeValue.fromM(of((ObjectNode) node));
            case ARRAY ->
                AttributeValue.fromL(node.valueStream().map(Items::value).toList());
            case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + node.getNodeType());
        };
    }

    static ObjectNode json(Map<String, AttributeValue> item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        item.forEach((name, value) -> json.set(name, node(value)));
        return json;
    }

    private static JsonNode node(AttributeValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value.type()) {
            case S -> nodes.textNode(value.s());
            case N -> number(new BigDecimal(value.n()));
            case BOOL -> nodes.booleanNode(value.bool());
            case M -> json(value.m());
            case L -> array(value.l());
            case NUL -> nodes.nullNode();
            case SS, NS, BS, B, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("an attribute of type " + value.type() + " is none of ours");
        };
    }

    private static JsonNode number(BigDecimal number) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        return whole
                ? JsonNodeFactory.instance.numberNode(number.longValueExact())
                : JsonNodeFactory.instance.numberNode(number);
    }

    private static ArrayNode array(List<AttributeValue> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }
}
