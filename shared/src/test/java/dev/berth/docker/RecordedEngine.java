package dev.berth.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * An engine behind docker-java that answers as a real one did (20.10.24, whose replies lie beside the tests), and keeps a
 * few containers: those that it is asked for, and two that it had before.
 */
public final class RecordedEngine implements DockerHttpClient {
    /** A container that nobody has told us of. */
    public static final String STRANGERS = "e".repeat(64);

    /** A container of another game. */
    public static final String OTHER_GAMES = "d".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMAGE = "sha256:" + "1".repeat(64);
    private static final ObjectNode INSPECT = recorded("inspect");
    private static final ObjectNode LISTED = (ObjectNode) recordedList("list").get(0);
    private static final ObjectNode STORED = recorded("image");

    private final Function<Reply, Reply> spoiling;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private int made;

    /**
     * An answer.
     *
     * @param body made anew for each answer, perhaps without an end
     */
    public record Reply(int status, Map<String, List<String>> headers, String kind, Body body) {
        static Reply of(int status, JsonNode json) {
            return of(status, json.toString(), "application/json");
        }

        static Reply of(int status, String text, String type) {
            return of(status, text.getBytes(UTF_8), type);
        }

        private static Reply of(int status, byte[] bytes, String type) {
            return new Reply(status, Map.of("Content-Type", List.of(type)), type, new Body.Bytes(bytes));
        }

        public Reply with(int other) {
            return new Reply(other, headers, kind, body);
        }

        public Reply with(Body other) {
            return new Reply(status, headers, kind, other);
        }
    }

    /** What follows the head of an answer. */
    public sealed interface Body {
        final class Bytes implements Body {
            private final byte[] bytes;

            Bytes(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /** So much of it, and then it is broken off in that way; or it goes on for ever if nothing breaks it off. */
        record Stream(InputStream stream) implements Body {}

        /** There is no answer at all. */
        record None(RuntimeException why) implements Body {}
    }

    /** A request with its answer, as far as that was sent from memory. */
    public record Exchange(String method, String path, Optional<String> answer) {
        /** Of a request that changes a container or removes anything: what it is about. */
        public Optional<String> changed() {
            boolean creates = path.startsWith("/containers/create") || path.startsWith("/images/create");
            if (method.equals("GET") || creates || path.contains("/tag")) {
                return Optional.empty();
            }
            String[] parts = path.split("[/?]", -1);
            return Optional.of(parts[1] + "/" + URLDecoder.decode(parts[2], UTF_8));
        }
    }

    private static final class Box {
        private final String id;
        private final ObjectNode labels;
        private String name;
        private String state = "created";

        Box(String id, String name, ObjectNode labels) {
            this.id = id;
            this.name = name;
            this.labels = labels;
        }
    }

    /** @param spoiling what becomes of each answer on its way */
    public RecordedEngine(Function<Reply, Reply> spoiling) {
        this.spoiling = spoiling;
        put(new Box(STRANGERS, "web", JSON.createObjectNode()));
        ObjectNode labels = ((ObjectNode) INSPECT.at("/Config/Labels")).deepCopy();
        put(new Box(OTHER_GAMES, "berth_poker", labels.put("berth.game", "poker")));
    }

    private void put(Box box) {
        box.state = "exited";
        boxes.put(box.id, box);
    }

    /** A container that is there from the start, of that game under that fence. */
    public void has(String id, String name, String game, long fence, String state) {
        ObjectNode labels = ((ObjectNode) INSPECT.at("/Config/Labels")).deepCopy();
        Box box = new Box(id, name, labels.put("berth.game", game).put("berth.fence", Long.toString(fence)));
        put(box);
        box.state = state;
    }

    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    @Override
    public Response execute(Request request) {
        Reply reply;
        synchronized (this) {
            reply = spoiling.apply(answer(request));
            Optional<String> text = reply.body() instanceof Body.Bytes told
                    ? Optional.of(new String(told.bytes(), UTF_8))
                    : Optional.empty();
            exchanges.add(new Exchange(request.method(), request.path(), text));
        }
        return new Sent(reply, SpoiltReplies.opened(reply.body()));
    }

    private record Sent(Reply reply, InputStream body) implements Response {
        @Override
        public int getStatusCode() {
            return reply.status();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return reply.headers();
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() {}

    // --- as a real one answers ---

    private Reply answer(Request request) {
        String[] parts = request.path().split("\\?", 2);
        List<String> path = List.of(parts[0].substring(1).split("/", -1));
        String query = parts.length > 1 ? URLDecoder.decode(parts[1], UTF_8) : "";
        return switch (path.getFirst()) {
            case "containers" -> ofContainers(request, path, query);
            case "images" -> ofImages(request, path);
            case "volumes" -> request.method().equals("GET") ? Reply.of(200, recorded("volumes")) : empty(204);
            case "version", "info" -> Reply.of(200, recorded(path.getFirst()));
            default -> Reply.of(404, JSON.createObjectNode().put("message", "page not found"));
        };
    }

    private Reply ofImages(Request request, List<String> path) {
        if (request.method().equals("DELETE")) {
            return Reply.of(200, JSON.createArrayNode());
        }
        return switch (path.getLast()) {
            case "create" -> Reply.of(200, """
                        {"status":"Pulling from demo","id":"1.0.0"}
                        {"status":"Downloading","progressDetail":{"current":100,"total":2000},"id":"a1"}
                        {"status":"Pull complete","progressDetail":{},"id":"a1"}
                        {"status":"Status: Downloaded newer image for demo:1.0.0"}
                        """, "application/json");
            case "tag" -> empty(201);
            case "json" -> path.size() == 2 ? Reply.of(200, recordedList("images", IMAGE)) : Reply.of(200, stored());
            default -> empty(200);
        };
    }

    private static ObjectNode stored() {
        ObjectNode image = STORED.deepCopy().put("Id", IMAGE);
        image.putArray("RepoTags").add("demo:1.0.0");
        return image;
    }

    private Reply ofContainers(Request request, List<String> path, String query) {
        if (path.get(1).equals("create")) {
            return created(request, query.replaceFirst(".*name=([^&]*).*", "$1"));
        }
        if (path.size() == 2 && path.get(1).equals("json")) {
            return Reply.of(200, listed(query));
        }
        String target = URLDecoder.decode(path.get(1), UTF_8);
        Optional<Box> found = boxes.values().stream()
                .filter(box -> box.id.equals(target) || box.name.equals(target))
                .findFirst();
        return found.map(box -> changed(request, box, path.size() > 2 ? path.get(2) : "", query))
                .orElseGet(() -> Reply.of(404, JSON.createObjectNode().put("message", "No such container: " + target)));
    }

    private Reply created(Request request, String name) {
        if (boxes.values().stream().anyMatch(box -> box.name.equals(name))) {
            return Reply.of(409, JSON.createObjectNode().put("message", "Conflict. The container name is in use"));
        }
        Box box = new Box("%064x".formatted(0xb0 + ++made), name, (ObjectNode)
                sent(request).path("Labels"));
        boxes.put(box.id, box);
        ObjectNode answer = JSON.createObjectNode().put("Id", box.id);
        answer.putArray("Warnings");
        return Reply.of(201, answer);
    }

    private static JsonNode sent(Request request) {
        try (InputStream body = Objects.requireNonNull(request.body())) {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ArrayNode listed(String query) {
        ArrayNode all = JSON.createArrayNode();
        for (Box box : boxes.values()) {
            boolean wanted = box.labels.properties().stream()
                            .map(label ->
                                    label.getKey() + "=" + label.getValue().asText())
                            .filter(query::contains)
                            .count()
                    == query.split("berth\\.", -1).length - 1;
            if (wanted) {
                ObjectNode one = LISTED.deepCopy().put("Id", box.id).put("State", box.state);
                one.putArray("Names").add("/" + box.name);
                all.add(one.set("Labels", box.labels));
            }
        }
        return all;
    }

    private Reply changed(Request request, Box box, String what, String query) {
        switch (request.method() + " " + what) {
            case "GET json" -> {
                return Reply.of(200, inspected(box));
            }
            case "GET logs" -> {
                byte[] frame = {1, 0, 0, 0, 0, 0, 0, 6, 'h', 'e', 'l', 'l', 'o', '\n'};
                return Reply.of(200, frame, "application/octet-stream");
            }
            case "GET stats" -> {
                return Reply.of(200, recorded("stats"));
            }
            case "POST start" -> box.state = "running";
            case "POST stop", "POST kill" -> box.state = "exited";
            case "POST rename" -> box.name = query.replaceFirst(".*name=([^&]*).*", "$1");
            case "DELETE " -> boxes.remove(box.id);
            default -> {
                return empty(200);
            }
        }
        return empty(204);
    }

    private static ObjectNode inspected(Box box) {
        ObjectNode told = INSPECT.deepCopy().put("Id", box.id).put("Name", "/" + box.name);
        ((ObjectNode) told.path("Config")).set("Labels", box.labels);
        ((ObjectNode) told.path("State")).put("Status", box.state).put("Running", box.state.equals("running"));
        return told;
    }

    private static Reply empty(int status) {
        return new Reply(status, Map.of(), "", new Body.Bytes(new byte[0]));
    }

    private static ObjectNode recorded(String name) {
        return (ObjectNode) read(name);
    }

    private static ArrayNode recordedList(String name) {
        return (ArrayNode) read(name);
    }

    private static ArrayNode recordedList(String name, String id) {
        ArrayNode all = recordedList(name);
        ((ObjectNode) all.get(0)).put("Id", id);
        return all;
    }

    private static JsonNode read(String name) {
        try (InputStream reply =
                Objects.requireNonNull(RecordedEngine.class.getResourceAsStream("replies/" + name + ".json"))) {
            return JSON.readTree(reply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
