package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** JSON as it is read and written here: strict and bounded on the way in, canonical on the way out. */
public final class Json {
    /** The largest message, SQS's own limit. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_NUMBER_LENGTH = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxStringLength(MAX_BYTES)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Reads one JSON object.
     *
     * @throws OperationFailed {@code invalid_request} if the text is anything else, too large, too deep, or names a
     *     key twice
     */
    public static ObjectNode parse(String text) {
        if (text.length() > MAX_BYTES || text.getBytes(UTF_8).length > MAX_BYTES) {
            throw new OperationFailed(ErrorCode.INVALID_REQUEST, "the message is larger than 256 KiB");
        }
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // What the parser says quotes the text, also where it is a cause.
            throw new OperationFailed(ErrorCode.INVALID_REQUEST, "the message is not JSON: " + place(e));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new OperationFailed(
                    ErrorCode.INVALID_REQUEST, "the message has a number that nobody can count to", e);
        }
        throw new OperationFailed(ErrorCode.INVALID_REQUEST, "the message is not a JSON object");
    }

    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return "it cannot be read, or names a key twice"
                + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }

    /** One line, keys in the order they were set. */
    public static String write(JsonNode node) {
        return node.toString();
    }

    /**
     * The one form that is hashed: keys sorted by code unit, no white space, no null fields, numbers plain and without
     * trailing zeros, strings escaped as Jackson escapes them. Equal values have equal canonical forms.
     */
    public static String canonical(JsonNode node) {
        StringBuilder text = new StringBuilder();
        canonical(node, text);
        return text.toString();
    }

    /** Sets a list of texts, unless it is empty. */
    static void putTexts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(json.putArray(name)::add);
        }
    }

    /** Sets an object of texts, sorted by name, unless it is empty. */
    static void putTexts(ObjectNode json, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            new TreeMap<>(texts).forEach(json.putObject(name)::put);
        }
    }

    /** Sets a list of objects, unless it is empty. */
    static <T> void putObjects(ObjectNode json, String name, List<T> values, BiConsumer<ObjectNode, T> writer) {
        if (!values.isEmpty()) {
            ArrayNode array = json.putArray(name);
            values.forEach(value -> writer.accept(array.addObject(), value));
        }
    }

    /** Written out, a number of a few characters such as 1e999999999 fills all memory. */
    static boolean isOfUsualSize(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_NUMBER_LENGTH;
    }

    private static void canonical(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            text.append('{');
            TreeSet<String> names = new TreeSet<>();
            node.fieldNames().forEachRemaining(names::add);
            names.removeIf(name -> node.get(name).isNull());
            for (Iterator<String> each = names.iterator(); each.hasNext(); ) {
                String name = each.next();
                quote(name, text);
                text.append(':');
                canonical(node.get(name), text);
                text.append(each.hasNext() ? "," : "");
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            for (int i = 0; i < node.size(); i++) {
                text.append(i > 0 ? "," : "");
                canonical(node.get(i), text);
            }
            text.append(']');
        } else if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            text.append(isOfUsualSize(number) ? number.stripTrailingZeros().toPlainString() : number.toString());
        } else if (node.isTextual()) {
            quote(node.asText(), text);
        } else {
            text.append(node);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        text.append('"');
    }
}
