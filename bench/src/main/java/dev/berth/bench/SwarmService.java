package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.Engine;
import dev.berth.local.process.Ports;
import dev.berth.port.Clock;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A service of Swarm until its one task runs: the orchestrator that Docker brings along. Its port is published on the host
 * itself, so that no mesh is measured, and it has the limits that Swarm knows: none on swap and on new privileges.
 *
 * <p>The swarm is the very engine that the others run on: with a swarm that idles they were as fast as without.
 */
record SwarmService(AskedEngine engine, String image) implements Entrant {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** What Swarm looks for before it makes one, whose interface would have the same name for every engine. */
    private static final String GATEWAY = "docker_gwbridge";

    /**
     * Makes a swarm of the engine alone.
     *
     * @throws AskedEngine.Refused if the engine cannot be one
     */
    static SwarmService on(Engine engine, String image) {
        AskedEngine asked = new AskedEngine(engine);
        String at = "127.0.0.1:" + Ports.reserve(Ports.ANY, "Swarm");
        ObjectNode swarm = Json.object().put("ListenAddr", at).put("AdvertiseAddr", at);
        asked.ask("POST", "/networks/create", Json.write(Json.object().put("Name", GATEWAY)));
        try {
            asked.ask("POST", "/swarm/init", Json.write(swarm));
        } catch (AskedEngine.Refused why) {
            end(asked);
            throw why;
        }
        // By its name, Swarm asks a registry for the image each time.
        return new SwarmService(
                asked, asked.get("/images/" + image + "/json").path("Id").asText());
    }

    @Override
    public String name() {
        return "Swarm service";
    }

    @Override
    public Map<String, Duration> life(String game) {
        String name = "swarm_" + game;
        Duration start = Stopwatch.of(() -> {
            engine.ask("POST", "/services/create", Json.write(service(name)));
            await("start " + name, () -> isRunning(name));
        });
        engine.ask("DELETE", "/services/" + name, "");
        // It goes behind one's back, which is not to be the next entrant's time.
        await("remove " + name, () -> isRemoved(name));
        return Map.of("start", start);
    }

    private ObjectNode service(String name) {
        ObjectNode service = Json.object().put("Name", name);
        ObjectNode task = service.putObject("TaskTemplate");
        ObjectNode container =
                task.putObject("ContainerSpec").put("Image", image).put("Init", true);
        container.putArray("CapabilityDrop").add("ALL");
        task.putObject("Resources")
                .putObject("Limits")
                .put("NanoCPUs", 250_000_000L)
                .put("MemoryBytes", 64L << 20)
                .put("Pids", 512);
        task.putObject("RestartPolicy").put("Condition", "none");
        service.putObject("EndpointSpec")
                .putArray("Ports")
                .addObject()
                .put("TargetPort", Integer.parseInt(Lab.GAME_PORT))
                .put("PublishMode", "host");
        return service;
    }

    private boolean isRunning(String name) {
        JsonNode status = engine.list("/tasks?", "service", name).path(0).path("Status");
        return switch (status.path("State").asText()) {
            case "running" -> true;
            case "failed", "rejected", "complete" -> throw new IllegalStateException(name + ": " + status);
            default -> false;
        };
    }

    private boolean isRemoved(String name) {
        return engine.list("/containers/json?all=true&", "label", "com.docker.swarm.service.name=" + name)
                .isEmpty();
    }

    private static void await(String what, BooleanSupplier done) {
        Stopwatch watch = new Stopwatch();
        while (!done.getAsBoolean()) {
            if (watch.elapsed().compareTo(LIMIT) > 0) {
                throw new IllegalStateException("Swarm does not " + what);
            }
            Clock.system().pause(PAUSE);
        }
    }

    @Override
    public void close() {
        engine.ask("POST", "/swarm/leave?force=true", "");
        end(engine);
    }

    private static void end(AskedEngine engine) {
        engine.ask("DELETE", "/networks/" + GATEWAY, "");
        engine.close();
    }
}
