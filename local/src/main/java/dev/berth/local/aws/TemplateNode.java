package dev.berth.local.aws;

import dev.berth.local.process.LocalFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A place in the template with what stands there, which may be nothing; intrinsic functions are resolved when it is read. */
record TemplateNode(
        TemplateFile file, String place, @Nullable Object value) {

    private static final Map<String, String> NO_VALUE = Map.of("Ref", "AWS::NoValue");

    /** What stands there under a key; absent where this is. */
    TemplateNode get(String key) {
        return new TemplateNode(
                file, place.isEmpty() ? key : place + "." + key, mapping().get(key));
    }

    /** The last part of the place. */
    String name() {
        return place.substring(place.lastIndexOf('.') + 1);
    }

    /** The physical name, for a node that is a resource. */
    String nameOfResource() {
        return file.nameOf(name());
    }

    boolean isAbsent() {
        return value == null;
    }

    /** What stands there under each key, but for what the template takes out again itself. */
    List<TemplateNode> entries() {
        return mapping().keySet().stream()
                .map(key -> get(String.valueOf(key)))
                .filter(entry -> !NO_VALUE.equals(entry.value))
                .toList();
    }

    List<TemplateNode> elements() {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw failure("a list is expected");
        }
        return IntStream.range(0, list.size())
                .mapToObj(i -> new TemplateNode(file, place + "[" + i + "]", list.get(i)))
                .toList();
    }

    /** All that stands there, with the intrinsic functions in it resolved. */
    Object resolved() {
        return switch (value) {
            case null -> throw failure("is needed and missing");
            case Map<?, ?> map when TemplateFile.isIntrinsic(map) -> text();
            case Map<?, ?> _ -> {
                var all = new LinkedHashMap<String, Object>();
                entries().forEach(entry -> all.put(entry.name(), entry.resolved()));
                yield all;
            }
            case List<?> _ -> elements().stream().map(TemplateNode::resolved).toList();
            case Object scalar -> scalar;
        };
    }

    String text() {
        return switch (value) {
            case null -> throw failure("is needed and missing");
            case Map<?, ?> intrinsic -> file.resolve(this, intrinsic);
            case List<?> _ -> throw failure("a single value is expected, not a list");
            case Object scalar -> scalar.toString();
        };
    }

    String text(String whenAbsent) {
        return isAbsent() ? whenAbsent : text();
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw failure("a whole number is expected, not " + text());
        }
    }

    int number(int whenAbsent) {
        return isAbsent() ? whenAbsent : number();
    }

    boolean truth(boolean whenAbsent) {
        return isAbsent() ? whenAbsent : Boolean.parseBoolean(text());
    }

    LocalFailure failure(String what) {
        return new LocalFailure(file.path() + ": " + place + ": " + what + ".");
    }

    private Map<?, ?> mapping() {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map -> map;
            default -> throw failure("a mapping is expected");
        };
    }
}
