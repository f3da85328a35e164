package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Job messages that say everything that can be said, and what is asserted of them. */
final class Messages {
    static final String MESSAGE_ID = "4c3a2b10-0000-4000-8000-00000000abcd";
    static final Instant SENT = Instant.parse("2026-01-31T12:00:00Z");

    static final String START = """
            {
              "game_id": "match-42",
              "job_id": "job-1",
              "op_source": "gm_rest",
              "source_ref": "ticket 7",
              "requested_at": "2026-01-31T11:59:00Z",
              "deadline": "2026-01-31T12:30:00+01:00",
              "image_ref": "localhost:5000/berth-demo/game:1.0.0",
              "spec": {
                "vcpu": 1.5,
                "memory": "512M",
                "disk": 1024,
                "command": ["serve", "--port", "7777"],
                "env": {"MODE": "ranked", "TOKEN": "{{secret:games/token#value}}"},
                "ports": [{"container": 7777, "protocol": "udp", "host": 30000}, {"container": 8080}],
                "volumes": [{"name": "world", "path": "/data"}],
                "files": [
                  {"path": "/etc/game/motd", "content": "hello", "mode": "0644"},
                  {"path": "/etc/game/key", "content_base64": "AP8="}
                ],
                "health": {
                  "command": ["ask"], "interval_seconds": 2, "timeout_seconds": 1, "retries": 5,
                  "start_period_seconds": 3
                },
                "settle_seconds": 4,
                "stop": {"signal": "SIGINT", "grace_seconds": 20},
                "restart": "on_failure",
                "auto_stop_after": "30m",
                "retain_for": "P1D",
                "labels": {"team": "blue"},
                "user": "1000:1000",
                "read_only": false,
                "host_labels": {"zone": "a"}
              }
            }
            """;

    static final String STOP = """
            {
              "game_id": "match-42",
              "job_id": "job-2",
              "op_source": "admin_rest",
              "source_ref": "ticket 8",
              "requested_at": "2026-01-31T11:59:00Z",
              "deadline": "2026-01-31T12:30:00Z",
              "reason": "drain",
              "grace_seconds": 30
            }
            """;

    static final String RESTART = """
            {
              "game_id": "match-42",
              "job_id": "job-3",
              "op_source": "gm_rest",
              "source_ref": "ticket 9",
              "requested_at": "2026-01-31T11:59:00Z",
              "deadline": "2026-01-31T12:30:00Z",
              "grace_seconds": 0
            }
            """;

    static final String PATCH = """
            {
              "game_id": "match-42",
              "job_id": "job-4",
              "op_source": "gm_rest",
              "source_ref": "ticket 10",
              "requested_at": "2026-01-31T11:59:00Z",
              "deadline": "2026-01-31T12:30:00Z",
              "image_ref": "localhost:5000/berth-demo/game:1.0.1",
              "grace_seconds": 300
            }
            """;

    static final String CLEANUP = """
            {
              "game_id": "match-42",
              "job_id": "job-5",
              "op_source": "admin_rest",
              "source_ref": "ticket 11",
              "requested_at": "2026-01-31T11:59:00Z",
              "deadline": "2026-01-31T12:30:00Z",
              "purge_volumes": true
            }
            """;

    private Messages() {}

    static ObjectNode of(OpKind kind) {
        return Json.parse(text(kind));
    }

    static String text(OpKind kind) {
        return switch (kind) {
            case START -> START;
            case STOP -> STOP;
            case RESTART -> RESTART;
            case PATCH -> PATCH;
            case CLEANUP_CONTAINER -> CLEANUP;
            case RECONCILE_ADOPT, RECONCILE_DISPOSE ->
                throw new IllegalArgumentException("no message of " + kind.wire() + " here yet");
        };
    }

    static Job read(OpKind kind, String body) {
        return JobJson.read(kind, body, MESSAGE_ID, SENT);
    }

    static Job read(OpKind kind, JsonNode body) {
        return read(kind, Json.write(body));
    }

    /** A start whose spec is that. */
    static ObjectNode start(ObjectNode spec) {
        return Json.object().put("game_id", "g").put("image_ref", "redis").set("spec", spec);
    }

    /** The value that a text of JSON tells. */
    static JsonNode value(String json) {
        return Json.parse("{\"value\":" + json + "}").get("value");
    }

    static void assertRefused(OpKind kind, JsonNode body, String why) {
        assertThatThrownBy(() -> read(kind, body))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessage(why);
    }

    /** As {@link #assertRefused}, by how the refusal begins: the field, and the words after it. */
    static void assertNamed(OpKind kind, JsonNode body, String path, String why) {
        assertThatThrownBy(() -> read(kind, body))
                .as("%s: %s", path, body)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageStartingWith(path + why);
    }

    /** Every value of a message by its path as a refusal names it: {@code spec.ports[0].container}. */
    static Map<String, JsonNode> everyValue(ObjectNode message) {
        Map<String, JsonNode> values = new TreeMap<>();
        collect(message, "", values);
        return values;
    }

    private static void collect(JsonNode node, String path, Map<String, JsonNode> values) {
        if (!path.isEmpty()) {
            values.put(path, node);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path + "[" + i + "]", values);
        }
        node.properties()
                .forEach(field -> collect(
                        field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), values));
    }

    /** The message with another value at that path. */
    static ObjectNode with(ObjectNode message, String path, JsonNode value) {
        ObjectNode changed = message.deepCopy();
        String pointer = "/" + path.replaceAll("\\[(\\d+)\\]", "/$1").replace('.', '/');
        int last = pointer.lastIndexOf('/');
        JsonNode owner = changed.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (owner instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((com.fasterxml.jackson.databind.node.ArrayNode) owner).set(Integer.parseInt(name), value);
        }
        return changed;
    }
}
