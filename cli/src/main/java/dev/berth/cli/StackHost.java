package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.docker.EngineId;
import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.Engine;
import dev.berth.local.docker.EngineApi;
import dev.berth.local.docker.TlsFront;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.wire.Json;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A Docker host of a stack on this machine, ready for games. */
record StackHost(
        Engine engine, String stack, Capacity capacity, Optional<String> engineId, Map<String, String> demoImages)
        implements AutoCloseable {
    private static final int MAX_ROUNDS = 100;

    /** Starts an engine for the stack; what an earlier stack has left there goes, as the new one knows nothing of it. */
    static StackHost start(
            String stack, Path directory, String hostId, InetSocketAddress at, Consumer<String> listener) {
        Engine engine = Engine.start(directory, hostId, at, listener);
        try {
            removeContainers(engine, stack);
            return prepare(engine, stack, listener);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** Takes an engine that runs already. */
    static StackHost use(String stack, GivenHost given, Consumer<String> listener) {
        try (EngineApi api = given.api()) {
            if (!api.answers()) {
                throw CommandFailed.unreachable("host " + given.hostId() + " does not answer at " + given.endpoint()
                        + " to the certificate in " + given.tls() + ": check all three");
            }
        }
        return prepare(given, stack, listener);
    }

    private static StackHost prepare(Engine engine, String stack, Consumer<String> listener) {
        Map<String, String> images = DemoImages.importInto(engine, listener);
        try (EngineApi api = engine.api()) {
            ObjectNode machine = Json.parse(api.send("GET", "/info", "").body());
            Capacity capacity = new Capacity(
                    machine.path("NCPU").asLong() * 1000,
                    machine.path("MemTotal").asLong());
            String id = EngineId.of(
                    machine.path("ID").asText(), machine.path("DockerRootDir").asText());
            return new StackHost(engine, stack, capacity, Optional.of(id).filter(known -> !known.isEmpty()), images);
        }
    }

    Host host() {
        return new Host(
                        new HostId(engine.hostId()),
                        engine.endpoint(),
                        engine.tls().toString(),
                        capacity,
                        Capacity.NONE,
                        HostState.ACTIVE,
                        Map.of())
                .withEngine(engineId);
    }

    /** A container as the engine tells of it. */
    record Found(String id, boolean running) {}

    /** All containers of a game that the engine has, whatever they are called. */
    List<Found> containers(GameId game) {
        try (EngineApi api = engine.api()) {
            return list(api, "berth.owner=" + stack, "berth.game=" + game)
                    .map(container -> new Found(
                            container.path("Id").asText(),
                            container.path("State").asText().equals("running")))
                    .toList();
        }
    }

    /** An engine of our own ends with its containers; one that we only stand in front of goes on. */
    @Override
    public void close() {
        if (engine instanceof TlsFront) {
            removeContainers(engine, stack);
        }
        engine.close();
    }

    private static void removeContainers(Engine engine, String stack) {
        try (EngineApi api = engine.api()) {
            for (int rounds = 0; rounds < MAX_ROUNDS; rounds++) {
                List<JsonNode> found = list(api, "berth.owner=" + stack).toList();
                if (found.isEmpty()) {
                    return;
                }
                found.forEach(container ->
                        api.send("DELETE", "/containers/" + container.path("Id").asText() + "?force=1", ""));
            }
        }
        throw CommandFailed.unreachable(
                "host " + engine.hostId() + " does not remove the containers of an earlier stack");
    }

    /** A page of the containers that have all the labels. */
    private static Stream<JsonNode> list(EngineApi api, String... labels) {
        String filter =
                URLEncoder.encode("{\"label\":[\"" + String.join("\",\"", labels) + "\"]}", StandardCharsets.UTF_8);
        String page = api.send("GET", "/containers/json?all=1&limit=50&filters=" + filter, "")
                .body();
        return Json.parse("{\"found\":" + page + "}").path("found").valueStream();
    }
}
