package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.Engine;
import dev.berth.local.docker.EngineApi;
import dev.berth.local.docker.TlsFront;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** A Docker host of a stack on this machine, ready for games. */
record StackHost(Engine engine, String stack, Capacity capacity, Map<String, String> demoImages)
        implements AutoCloseable {
    private static final int MAX_ROUNDS = 100;

    /** Starts an engine for the stack; what an earlier stack has left there goes, as the new one knows nothing of it. */
    static StackHost start(String stack, Path directory, String hostId, int port, Consumer<String> listener) {
        Engine engine = Engine.start(directory, hostId, port, listener);
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
            return new StackHost(engine, stack, capacity, images);
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
                Map.of());
    }

    /** Whether the engine says that the container runs. */
    boolean runs(String containerId) {
        try (EngineApi api = engine.api()) {
            var answer = api.send("GET", "/containers/" + containerId + "/json", "");
            return Json.parse(answer.body()).path("State").path("Running").asBoolean();
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
        String label = URLEncoder.encode("{\"label\":[\"berth.owner=" + stack + "\"]}", StandardCharsets.UTF_8);
        try (EngineApi api = engine.api()) {
            for (int rounds = 0; rounds < MAX_ROUNDS; rounds++) {
                String page = api.send("GET", "/containers/json?all=1&limit=50&filters=" + label, "")
                        .body();
                JsonNode found = Json.parse("{\"found\":" + page + "}").path("found");
                if (found.isEmpty()) {
                    return;
                }
                found.valueStream()
                        .map(container -> container.path("Id").asText())
                        .forEach(id -> api.send("DELETE", "/containers/" + id + "?force=1", ""));
            }
        }
        throw CommandFailed.unreachable(
                "host " + engine.hostId() + " does not remove the containers of an earlier stack");
    }
}
