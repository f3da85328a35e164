package dev.berth.wire;

import static dev.berth.wire.Messages.assertNamed;
import static dev.berth.wire.Messages.assertRefused;
import static dev.berth.wire.Messages.everyValue;
import static dev.berth.wire.Messages.read;
import static dev.berth.wire.Messages.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a job, it is an {@code invalid_request} that names the field. */
final class JobRefusalsTest {
    private static final Set<String> NUMBERS = Set.of(
            "spec.vcpu",
            "spec.memory",
            "spec.disk",
            "spec.ports[0].container",
            "spec.ports[0].host",
            "spec.ports[1].container",
            "spec.health.interval_seconds",
            "spec.health.timeout_seconds",
            "spec.health.retries",
            "spec.health.start_period_seconds",
            "spec.settle_seconds",
            "spec.stop.grace_seconds",
            "grace_seconds");
    private static final Set<String> TEXTS_OR_NUMBERS = Set.of("spec.memory", "spec.disk");
    private static final Set<String> REQUIRED = Set.of(
            "game_id",
            "image_ref",
            "spec.ports[0].container",
            "spec.ports[1].container",
            "spec.volumes[0].name",
            "spec.volumes[0].path",
            "spec.files[0].path",
            "spec.files[1].path");
    private static final List<String> OF_ALL_TYPES =
            List.of("\"\"", "7777.5", "1000", "true", "[]", "[1]", "{}", "{\"a\":1}");

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            mode = Mode.EXCLUDE,
            names = {"RECONCILE_ADOPT", "RECONCILE_DISPOSE"})
    void nameTheFieldThatIsOfTheWrongType(OpKind kind) {
        ObjectNode message = Messages.of(kind);
        everyValue(message).forEach((path, value) -> {
            for (String other : OF_ALL_TYPES) {
                JsonNode wrong = Messages.value(other);
                if (!isOfTypeOf(path, value, wrong)) {
                    assertNamed(kind, with(message, path, wrong), path, " must ");
                }
            }
        });
    }

    private static boolean isOfTypeOf(String path, JsonNode value, JsonNode other) {
        if (TEXTS_OR_NUMBERS.contains(path)) {
            return other.isTextual() || other.isNumber();
        }
        if (NUMBERS.contains(path)) {
            return path.equals("spec.vcpu") ? other.isNumber() : other.isIntegralNumber();
        }
        return value.getNodeType() == other.getNodeType();
    }

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            mode = Mode.EXCLUDE,
            names = {"RECONCILE_ADOPT", "RECONCILE_DISPOSE"})
    void nameTheFieldThatIsMissing(OpKind kind) {
        ObjectNode message = Messages.of(kind);
        everyValue(message).keySet().stream()
                .filter(path -> !path.endsWith("]"))
                .forEach(path -> {
                    ObjectNode nothing = with(message, path, Json.object().nullNode());
                    if (REQUIRED.contains(path)) {
                        assertRefused(kind, nothing, path + " is required");
                    } else if (path.equals("spec.health.command")) {
                        assertRefused(kind, nothing, "spec.health must have a command");
                    } else if (path.matches("spec.files\\[.].content.*")) {
                        assertRefused(
                                kind,
                                nothing,
                                path.replace("_base64", "") + " must be there, or content_base64, and not both");
                    } else if (kind == OpKind.CLEANUP_CONTAINER && path.equals("op_source")) {
                        assertRefused(kind, nothing, "purge_volumes must be asked for by op_source admin_rest");
                    } else if (path.matches("spec\\.(env|labels|host_labels)\\..*")) {
                        assertRefused(kind, nothing, path + " must be a text");
                    } else {
                        assertThat(read(kind, nothing)).isNotNull();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            mode = Mode.EXCLUDE,
            names = {"RECONCILE_ADOPT", "RECONCILE_DISPOSE"})
    void nameTheFieldThatNobodyKnows(OpKind kind) {
        ObjectNode message = Messages.of(kind);
        assertRefused(kind, message.deepCopy().put("extra", 1), "extra is not a known field");
        assertRefused(kind, message.deepCopy().putNull("extra"), "extra is not a known field");
        assertRefused(kind, message.deepCopy().put("Game_id", "x"), "Game_id is not a known field");
        everyValue(message).forEach((path, value) -> {
            if (value.isObject() && !path.matches("spec\\.(env|labels|host_labels)")) {
                assertRefused(kind, with(message, path + ".extra", value), path + ".extra is not a known field");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            mode = Mode.EXCLUDE,
            names = {"RECONCILE_ADOPT", "RECONCILE_DISPOSE"})
    void nameTheTextThatCannotBeCarried(OpKind kind) {
        ObjectNode message = Messages.of(kind);
        everyValue(message).forEach((path, value) -> {
            for (String bad : List.of("a\u0000", "\uD800", "\uDC00\uD800", "\uFFFE", "\uFFFF")) {
                if (value.isTextual()) {
                    assertNamed(kind, with(message, path, Json.object().textNode(bad)), path, " must not have NUL");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            mode = Mode.EXCLUDE,
            names = {"RECONCILE_ADOPT", "RECONCILE_DISPOSE"})
    void nameTheNumberThatIsOutOfAllBounds(OpKind kind) {
        everyValue(Messages.of(kind)).keySet().stream()
                .filter(NUMBERS::contains)
                .forEach(path -> {
                    for (String huge :
                            List.of("1e999999999", "-1e999999999", "1e-999999999", "1e2147483647", "1e-2147483647")) {
                        ObjectNode json = with(Messages.of(kind), path, Messages.value(huge));
                        assertNamed(kind, json, path, " must be a");
                    }
                    for (String large : List.of("99999999999999999999999999999999", "-1", "1e30")) {
                        ObjectNode json = with(Messages.of(kind), path, Messages.value(large));
                        assertNamed(kind, json, path, " must ");
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STOP              | grace_seconds | -1           | must be 0 to 300",
                "STOP              | grace_seconds | 301          | must be 0 to 300",
                "STOP              | grace_seconds | 0.5          | must be a whole number",
                "STOP              | reason        | \"bored\"    | must be one of admin_request, finished, cancelled, idle, timeout, drain",
                "STOP              | reason        | \"IDLE\"     | must be one of admin_request, finished, cancelled, idle, timeout, drain",
                "RESTART           | grace_seconds | -1           | must be 0 to 300",
                "RESTART           | grace_seconds | 301          | must be 0 to 300",
                "RESTART           | grace_seconds | \"10\"       | must be a whole number",
                "PATCH             | grace_seconds | 301          | must be 0 to 300",
                "PATCH             | image_ref     | \"Game:1\"   | must be a Docker image reference, [registry/]repository[:tag][@digest]",
                "PATCH             | image_ref     | null         | is required",
                "CLEANUP_CONTAINER | purge_volumes | \"true\"     | must be true or false",
                "CLEANUP_CONTAINER | purge_volumes | 1            | must be true or false",
            })
    void sayWhatTheOthersMayHave(OpKind kind, String path, String value, String why) {
        assertRefused(kind, with(Messages.of(kind), path, Messages.value(value)), path + " " + why);
    }

    @ParameterizedTest
    @CsvSource({
        "START, reason",
        "START, grace_seconds",
        "START, purge_volumes",
        "STOP, image_ref",
        "STOP, spec",
        "STOP, purge_volumes",
        "RESTART, image_ref",
        "RESTART, spec",
        "RESTART, reason",
        "RESTART, purge_volumes",
        "PATCH, spec",
        "PATCH, reason",
        "PATCH, purge_volumes",
        "CLEANUP_CONTAINER, image_ref",
        "CLEANUP_CONTAINER, spec",
        "CLEANUP_CONTAINER, reason",
        "CLEANUP_CONTAINER, grace_seconds",
        "CLEANUP_CONTAINER, host_id",
    })
    void nameTheFieldThatIsAnotherKinds(OpKind kind, String field) {
        assertRefused(kind, Messages.of(kind).putNull(field), field + " is not a known field");
    }

    @ParameterizedTest
    @EnumSource(
            value = OpSource.class,
            mode = Mode.EXCLUDE,
            names = {"ADMIN_REST"})
    void sayThatOnlyAnOperatorPurgesVolumes(OpSource source) {
        assertRefused(
                OpKind.CLEANUP_CONTAINER,
                Messages.of(OpKind.CLEANUP_CONTAINER).put("op_source", source.wire()),
                "purge_volumes must be asked for by op_source admin_rest");
        assertThat(read(
                        OpKind.CLEANUP_CONTAINER,
                        Messages.of(OpKind.CLEANUP_CONTAINER)
                                .put("op_source", source.wire())
                                .put("purge_volumes", false)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{} {}",
                "{\"game_id\":\"g\",\"game_id\":\"g\"}",
                "\uFEFF{\"game_id\":\"g\"}",
                "{\"game_id\":\"g\",\"grace_seconds\":NaN}",
                "{\"game_id\":\"g\"}trailing",
            })
    void speakOfTheMessageWhereThereIsNoField(String body) {
        assertThatThrownBy(() -> read(OpKind.STOP, body))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageStartingWith("the message ");
    }
}
