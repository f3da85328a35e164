package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.DockerEngine;
import dev.berth.local.docker.EngineApi;
import dev.berth.wire.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A person with an engine's API at hand, who asks nobody and tells nobody. */
final class Someone implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Set<String> LIVE = Set.of("running", "paused", "restarting");

    private final DockerEngine engine;
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private EngineApi api;

    Someone(DockerEngine engine) {
        this.engine = engine;
        api = engine.api();
    }

    /** Starts the engine that was killed; what was connected to it is not any more. */
    void startAgain() {
        api.close();
        engine.restart();
        api = engine.api();
    }

    /** All that there are, running or not, as the engine lists them. */
    List<JsonNode> containers() {
        JsonNode list = Json.parse("{\"list\":" + sent("GET", "/containers/json?all=true", "") + "}")
                .path("list");
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    static boolean isLive(JsonNode listed) {
        return LIVE.contains(listed.path("State").asText());
    }

    JsonNode inspect(String id) {
        return find(id).orElseThrow();
    }

    private Optional<JsonNode> find(String id) {
        HttpResponse<String> response = api.send("GET", "/containers/" + id + "/json", "");
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(Json.parse(response.body()));
    }

    boolean has(String id) {
        return find(id).isPresent();
    }

    boolean isRunning(String id) {
        return find(id).filter(there -> there.path("State").path("Running").asBoolean())
                .isPresent();
    }

    String name(String id) {
        return inspect(id).path("Name").asText().substring(1);
    }

    Map<String, String> labels(String id) {
        return inspect(id).path("Config").path("Labels").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().asText()));
    }

    /** Creates a container that would run for long, without any network. */
    String create(String name, Map<String, String> labels, String image) {
        ObjectNode container = Json.object().put("Image", image);
        container.putArray("Cmd").add("sleep").add("100000");
        container.putObject("HostConfig").put("NetworkMode", "none").put("Init", true);
        ObjectNode given = container.putObject("Labels");
        labels.forEach(given::put);
        String id = Json.parse(sent("POST", "/containers/create?name=" + name, container.toString()))
                .path("Id")
                .asText();
        made.add(id);
        return id;
    }

    String run(String name, Map<String, String> labels, String image) {
        String id = create(name, labels, image);
        sent("POST", "/containers/" + id + "/start", "");
        return id;
    }

    void remove(String id) {
        sent("DELETE", "/containers/" + id + "?force=true", "");
    }

    /** All of that stack, by what they say. */
    List<JsonNode> containers(String stack) {
        return containers().stream()
                .filter(there ->
                        there.path("Labels").path("berth.owner").asText().equals(stack))
                .toList();
    }

    /** Removes what was made here, and what is of that stack. */
    void clear(String stack) {
        containers(stack).forEach(there -> remove(there.path("Id").asText()));
        made.stream().filter(this::has).forEach(this::remove);
    }

    /** Tells a game of {@link LocalFleet} something, once it listens, and waits for its end. */
    void end(String id, String signal) {
        Awaitility.await("that the game listens")
                .atMost(LIMIT)
                .until(() ->
                        sent("GET", "/containers/" + id + "/logs?stdout=1", "").contains("ready"));
        sent("POST", "/containers/" + id + "/kill?signal=" + signal, "");
        Awaitility.await("its end").atMost(LIMIT).until(() -> !isRunning(id));
    }

    private String sent(String method, String path, String body) {
        HttpResponse<String> response = api.send(method, path, body);
        if (response.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        api.close();
    }
}
