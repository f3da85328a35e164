package dev.berth.functions;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Messages that are refused, each with a canary of its own where a value is wrong. The names of fields have none: a refusal
 * tells them.
 */
final class WrongMessages {
    /** Whatever text stands there is taken; what is no text is refused there too. */
    private static final Set<String> FREE = Set.of("/source_ref", "/spec/env/MODE", "/spec/files/0/content");

    private static final String SOURCE = "\"(gm|admin)_rest\"";

    private static final Map<String, String> RIGHT = Map.of(
            "start", """
                    {"op_source": "gm_rest", "source_ref": "ticket", "requested_at": "2030-01-31T11:59:00Z",
                     "deadline": "2030-01-31T12:30:00Z", "image_ref": "berth-demo/game:1.0.0", "spec": {
                     "vcpu": 0.1, "memory": "32M", "disk": "1G", "command": ["serve"], "env": {"MODE": "ranked"},
                     "ports": [{"container": 7777, "protocol": "udp", "host": 30000}],
                     "volumes": [{"name": "world", "path": "/data"}],
                     "files": [{"path": "/etc/motd", "content": "hello", "mode": "0644"},
                               {"path": "/etc/key", "content_base64": "AP8="}],
                     "health": {"command": ["ask"], "interval_seconds": 2, "timeout_seconds": 1, "retries": 5,
                                "start_period_seconds": 3},
                     "settle_seconds": 1, "stop": {"signal": "SIGINT", "grace_seconds": 2}, "restart": "never",
                     "auto_stop_after": "30m", "retain_for": "P1D", "labels": {"team": "blue"}, "user": "1000:1000",
                     "read_only": false, "host_labels": {"zone": "a"}}}
                    """,
            "stop", """
                    {"op_source": "gm_rest", "source_ref": "ticket", "requested_at": "2030-01-31T11:59:00Z",
                     "deadline": "2030-01-31T12:30:00Z", "reason": "drain", "grace_seconds": 3}
                    """,
            "restart", """
                    {"op_source": "gm_rest", "source_ref": "ticket", "requested_at": "2030-01-31T11:59:00Z",
                     "deadline": "2030-01-31T12:30:00Z", "grace_seconds": 3}
                    """,
            "patch", """
                    {"op_source": "gm_rest", "source_ref": "ticket", "requested_at": "2030-01-31T11:59:00Z",
                     "deadline": "2030-01-31T12:30:00Z", "image_ref": "berth-demo/game:1.0.1", "grace_seconds": 3}
                    """,
            "cleanup", """
                    {"op_source": "admin_rest", "source_ref": "ticket", "requested_at": "2030-01-31T11:59:00Z",
                     "deadline": "2030-01-31T12:30:00Z", "purge_volumes": true}
                    """,
            "reconcile", """
                    {"op_source": "admin_rest", "source_ref": "ticket", "requested_at": "2030-01-31T11:59:00Z",
                     "deadline": "2030-01-31T12:30:00Z"}
                    """);

    private final Canaries canaries;
    private final String game;
    private final String host;
    private int jobs;

    WrongMessages(Canaries canaries, String game, String host) {
        this.canaries = canaries;
        this.game = game;
        this.host = host;
    }

    List<String> of(String word) {
        List<String> bodies = new ArrayList<>();
        List<String> pointers = new ArrayList<>();
        collect(right(word), "", pointers);
        pointers.forEach(pointer -> {
            String place = word + pointer;
            if (!pointer.endsWith("/command")) {
                bodies.add(with(word, pointer, Json.object().putArray("a").add(canaries.put(place + " as a list"))));
            }
            if (!pointer.matches("/spec/(env|labels|host_labels)")) {
                bodies.add(with(word, pointer, Json.object().put("a", canaries.put(place + " as an object"))));
            }
            if (!FREE.contains(pointer) && !pointer.matches("/spec/(labels|host_labels|command|health/command)/.*")) {
                bodies.add(with(
                        word, pointer, Json.object().textNode(canaries.put(place + " of another form") + " or so")));
            }
        });
        bodies.addAll(malformed(word));
        bodies.add(changed(word, all -> all.put("colour", canaries.put(word + ": a field that nobody knows"))));
        bodies.add(changed(
                word,
                all -> all.put("job_id", canaries.put(word + ": too long an id").repeat(5))));
        bodies.add(changed(
                word,
                all -> all.put(
                        "source_ref", canaries.put(word + ": too long a ref").repeat(10))));
        if (word.equals("start") || word.equals("patch")) {
            images().forEach(image -> bodies.add(changed(word, all -> all.put("image_ref", image))));
        }
        if (word.equals("start")) {
            specs().forEach(change -> bodies.add(changed(word, all -> change.accept((ObjectNode) all.path("spec")))));
        }
        return bodies;
    }

    private List<String> malformed(String word) {
        String right = right(word).toString();
        return List.of(
                canaries.put(word + " that is no JSON"),
                right + canaries.put(word + " with something behind it"),
                right.replaceFirst(SOURCE, canaries.put(word + " with a bare word")),
                right.replaceFirst(SOURCE, "\"" + canaries.put(word + " with a text that does not end")),
                right.replaceFirst(SOURCE, "\"\\\\x" + canaries.put(word + " with a wrong escape") + "\""),
                right.replaceFirst("\\{", "{\"op_source\": \"" + canaries.put(word + " with a key twice") + "\", "),
                "[\"" + canaries.put(word + " that is a list") + "\"]",
                "\"" + canaries.put(word + " that is a text") + "\"");
    }

    private List<String> images() {
        return List.of(
                "user:" + canaries.put("an image with a password") + "@registry.invalid/games/arena:1.0.0",
                "https://user:" + canaries.put("an image's URL with a password") + "@registry.invalid/games/arena",
                "registry.invalid/games/arena:1.0.0@" + canaries.put("an image with a wrong digest"),
                "registry.invalid/Games/" + canaries.put("an image with an upper-case letter"),
                "registry.invalid/games/arena:"
                        + canaries.put("an image with too long a tag").repeat(5));
    }

    private List<Consumer<ObjectNode>> specs() {
        return List.of(
                spec -> spec.put("colour", canaries.put("spec: a field that nobody knows")),
                spec -> at(spec, "/ports/0").put("colour", canaries.put("ports: a field that nobody knows")),
                spec -> at(spec, "/files/0").put("colour", canaries.put("files: a field that nobody knows")),
                spec -> at(spec, "/volumes/0").put("colour", canaries.put("volumes: a field that nobody knows")),
                spec -> at(spec, "/health").put("colour", canaries.put("health: a field that nobody knows")),
                spec -> at(spec, "/stop").put("colour", canaries.put("stop: a field that nobody knows")),
                spec -> at(spec, "/env")
                        .put("BIG", canaries.put("env: too long a value").repeat(1200)),
                spec -> at(spec, "/env").put("TOKEN", "{{secret:" + canaries.put("env: half a reference")),
                spec -> at(spec, "/env").put("NUL", canaries.put("env: a NUL") + "\0"),
                spec -> at(spec, "/labels").put("nul", canaries.put("labels: a NUL") + "\0"),
                spec -> ((ArrayNode) spec.path("command")).add(canaries.put("command: a NUL") + "\0"),
                spec -> ((ArrayNode) spec.at("/health/command")).add(canaries.put("health: a NUL") + "\0"),
                spec -> at(spec, "/files/0")
                        .put(
                                "content",
                                canaries.put("files: too long a content").repeat(5000)),
                spec -> at(spec, "/files/0")
                        .put("content_base64", Canaries.base64(canaries.put("files: two contents"))),
                spec -> at(spec, "/files/1").put("content_base64", canaries.put("files: no base64") + "="),
                spec -> both(spec, "files", "/etc/" + canaries.put("files: the same path")),
                spec -> both(spec, "volumes", "/" + canaries.put("volumes: the same path")),
                spec -> {
                    String folder = "/" + canaries.put("files: a path below another");
                    at(spec, "/files/0").put("path", folder);
                    at(spec, "/files/1").put("path", folder + "/key");
                },
                spec -> {
                    String folder = "/" + canaries.put("files: a path in a volume");
                    at(spec, "/volumes/0").put("path", folder);
                    at(spec, "/files/0").put("path", folder + "/key");
                },
                spec -> at(spec, "/volumes/0").put("path", "/proc/" + canaries.put("volumes: a path of the engine's")));
    }

    private static void both(ObjectNode spec, String list, String path) {
        ArrayNode all = (ArrayNode) spec.path(list);
        all.add(all.path(0).deepCopy());
        all.forEach(each -> ((ObjectNode) each).put("path", path));
    }

    private static ObjectNode at(ObjectNode spec, String pointer) {
        return (ObjectNode) spec.at(pointer);
    }

    // --- how ---

    private ObjectNode right(String word) {
        ObjectNode message = Json.parse(RIGHT.getOrDefault(word, "{}")).put("job_id", game + "-wrong-" + ++jobs);
        return word.equals("reconcile") ? message.put("host_id", host) : message.put("game_id", game);
    }

    private String changed(String word, Consumer<ObjectNode> change) {
        ObjectNode message = right(word);
        change.accept(message);
        return message.toString();
    }

    private String with(String word, String pointer, JsonNode value) {
        ObjectNode message = right(word);
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = message.at(at.head());
        if (parent instanceof ArrayNode list) {
            list.set(at.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
        }
        return message.toString();
    }

    /** Where every value stands, also those that have others in them. */
    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        if (!pointer.isEmpty()) {
            pointers.add(pointer);
        }
        node.properties().forEach(field -> collect(field.getValue(), pointer + "/" + field.getKey(), pointers));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.path(i), pointer + "/" + i, pointers);
        }
    }
}
