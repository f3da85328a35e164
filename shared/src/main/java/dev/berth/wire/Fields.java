package dev.berth.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.model.PlainText;
import dev.berth.model.WireName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object strictly. Every refusal is an {@code invalid_request} that names the field by its
 * whole path, and a field that nobody asked for is refused by {@link #end}. A field that is null counts as absent.
 */
public final class Fields {
    private final ObjectNode object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    public static Fields of(ObjectNode object) {
        return new Fields(object, "");
    }

    /** A required text, turned into a value by a constructor that may refuse it. */
    public <T> T text(String name, Function<String, T> value) {
        return optionalText(name, value).orElseThrow(() -> missing(name));
    }

    public <T> Optional<T> optionalText(String name, Function<String, T> value) {
        return find(name).map(node -> {
            String text = requireText(node, name);
            return build(name, () -> value.apply(text));
        });
    }

    public <E extends Enum<E> & WireName> E word(String name, Class<E> vocabulary) {
        return text(name, wire -> WireName.parse(vocabulary, wire));
    }

    public <E extends Enum<E> & WireName> Optional<E> optionalWord(String name, Class<E> vocabulary) {
        return optionalText(name, wire -> WireName.parse(vocabulary, wire));
    }

    /** A required whole number within the bounds, both included. */
    public long whole(String name, long min, long max) {
        return optionalWhole(name, min, max).orElseThrow(() -> missing(name));
    }

    public Optional<Long> optionalWhole(String name, long min, long max) {
        return find(name).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw invalid(name, "must be a whole number");
            }
            if (node.longValue() < min || node.longValue() > max) {
                throw invalid(name, "must be " + min + " to " + max);
            }
            return node.longValue();
        });
    }

    public <T> Optional<T> optionalNumber(String name, Function<BigDecimal, T> value) {
        return find(name).map(node -> {
            BigDecimal number = requireNumber(node, name);
            return build(name, () -> value.apply(number));
        });
    }

    /** A text or a number, as sizes and durations may be written. */
    public <T> Optional<T> optionalTextOrNumber(String name, Function<String, T> value) {
        return find(name).map(node -> {
            if (!node.isTextual() && !node.isNumber()) {
                throw invalid(name, "must be a text or a number");
            }
            String text = node.isNumber() ? requireNumber(node, name).toPlainString() : requireText(node, name);
            return build(name, () -> value.apply(text));
        });
    }

    public boolean flag(String name) {
        return find(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw invalid(name, "must be true or false");
                    }
                    return node.booleanValue();
                })
                .orElse(false);
    }

    /** An optional object, read to its end by the given reader. */
    public <T> Optional<T> optionalObject(String name, Function<Fields, T> reader) {
        return find(name).map(node -> readWhole(node, name, reader));
    }

    /** A list of objects, empty where absent. */
    public <T> List<T> objects(String name, int max, Function<Fields, T> reader) {
        List<T> values = new ArrayList<>();
        List<JsonNode> nodes = array(name, max);
        for (int i = 0; i < nodes.size(); i++) {
            values.add(readWhole(nodes.get(i), name + "[" + i + "]", reader));
        }
        return values;
    }

    /** A list of texts, empty where absent. */
    public List<String> texts(String name, int max) {
        List<String> values = new ArrayList<>();
        List<JsonNode> nodes = array(name, max);
        for (int i = 0; i < nodes.size(); i++) {
            values.add(requireText(nodes.get(i), name + "[" + i + "]"));
        }
        return values;
    }

    /** An object whose values are all texts, empty where absent. */
    public Map<String, String> textMap(String name, int max, Function<String, String> key) {
        return find(name)
                .map(node -> {
                    ObjectNode map = requireObject(node, name);
                    if (map.size() > max) {
                        throw invalid(name, "must have at most " + max + " fields");
                    }
                    Map<String, String> values = new LinkedHashMap<>();
                    map.properties().forEach(entry -> {
                        String inner = name + "." + entry.getKey();
                        String text = requireText(entry.getValue(), inner);
                        values.put(build(inner, () -> key.apply(entry.getKey())), text);
                    });
                    return values;
                })
                .orElse(Map.of());
    }

    /** Builds a value from several fields; what its constructor refuses is said of this object, or names the field. */
    public <T> T build(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            String problem = Objects.requireNonNullElse(e.getMessage(), "is not valid");
            throw new OperationFailed(ErrorCode.INVALID_REQUEST, path.isEmpty() ? problem : path + " " + problem, e);
        }
    }

    /** Builds a value from one field, or checks it; what is refused is said of that field. */
    public <T> T build(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw failure(full(name), e.getMessage(), e);
        }
    }

    /** @throws OperationFailed {@code invalid_request} if the object has a field that was not asked for */
    public void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                throw invalid(name, "is not a known field");
            }
        });
    }

    private <T> T readWhole(JsonNode node, String name, Function<Fields, T> reader) {
        Fields inner = new Fields(requireObject(node, name), full(name));
        T value = inner.build(() -> reader.apply(inner));
        inner.end();
        return value;
    }

    private List<JsonNode> array(String name, int max) {
        Optional<JsonNode> node = find(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            throw invalid(name, "must be a list");
        }
        if (node.get().size() > max) {
            throw invalid(name, "must have at most " + max + " elements");
        }
        List<JsonNode> elements = new ArrayList<>();
        node.get().forEach(elements::add);
        return elements;
    }

    private String requireText(JsonNode node, String name) {
        if (!node.isTextual()) {
            throw invalid(name, "must be a text");
        }
        if (!PlainText.isCarried(node.textValue())) {
            throw invalid(name, "must not have NUL, an unpaired surrogate, U+FFFE or U+FFFF");
        }
        return node.textValue();
    }

    private BigDecimal requireNumber(JsonNode node, String name) {
        if (!node.isNumber()) {
            throw invalid(name, "must be a number");
        }
        if (!Json.isOfUsualSize(node.decimalValue())) {
            throw invalid(name, "must be a number of usual size");
        }
        return node.decimalValue();
    }

    private ObjectNode requireObject(JsonNode node, String name) {
        if (node instanceof ObjectNode inner) {
            return inner;
        }
        throw invalid(name, "must be an object");
    }

    private Optional<JsonNode> find(String name) {
        read.add(name);
        @Nullable JsonNode node = object.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private OperationFailed missing(String name) {
        return invalid(name, "is required");
    }

    private OperationFailed invalid(String name, String problem) {
        return failure(full(name), problem, null);
    }

    private static OperationFailed failure(String where, @Nullable String problem, @Nullable Throwable cause) {
        return new OperationFailed(ErrorCode.INVALID_REQUEST, where + " " + problem, cause);
    }

    private String full(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
