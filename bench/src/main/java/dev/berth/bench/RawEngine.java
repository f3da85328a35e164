package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.Engine;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Engine API over the same mutual TLS and nothing else: no lease, no log, nobody who would notice that it failed halfway. The
 * same container with the same limits, and the fewest requests for it: the limit of what can be had.
 */
final class RawEngine implements Entrant {
    private static final String GRACE = "10";

    private final AskedEngine engine;
    private final Lab lab;

    RawEngine(Engine engine, Lab lab) {
        this.engine = new AskedEngine(engine);
        this.lab = lab;
    }

    @Override
    public String name() {
        return "raw Engine API";
    }

    @Override
    public Map<String, Duration> life(String game) {
        String name = "raw_" + game;
        Map<String, Duration> life = new LinkedHashMap<>();
        life.put("start", Stopwatch.of(() -> start(name, lab.image())));
        life.put("restart", Stopwatch.of(() -> replace(name, lab.image())));
        life.put("patch", Stopwatch.of(() -> replace(name, lab.image("1.0.1"))));
        life.put("stop", Stopwatch.of(() -> stop(name)));
        life.put("cleanup", Stopwatch.of(() -> remove(name)));
        return life;
    }

    void start(String name, String image) {
        engine.ask("POST", "/containers/create?name=" + name, Json.write(container(image)));
        engine.ask("POST", "/containers/" + name + "/start", "");
    }

    void stop(String name) {
        engine.ask("POST", "/containers/" + name + "/stop?t=" + GRACE, "");
    }

    void remove(String name) {
        engine.ask("DELETE", "/containers/" + name, "");
    }

    private void replace(String name, String image) {
        stop(name);
        engine.ask("POST", "/containers/" + name + "/rename?name=" + name + ".prev", "");
        start(name, image);
        remove(name + ".prev");
    }

    private static ObjectNode container(String image) {
        ObjectNode container = Json.object().put("Image", image);
        container.putObject("ExposedPorts").putObject(Lab.GAME_PORT + "/tcp");
        ObjectNode host = container.putObject("HostConfig");
        host.put("Memory", 64L << 20).put("MemorySwap", 64L << 20).put("NanoCpus", 250_000_000L);
        host.put("PidsLimit", 512).put("Init", true);
        host.putArray("CapDrop").add("ALL");
        host.putArray("SecurityOpt").add("no-new-privileges");
        host.putObject("PortBindings")
                .putArray(Lab.GAME_PORT + "/tcp")
                .addObject()
                .put("HostPort", "");
        return container;
    }

    @Override
    public void close() {
        engine.close();
    }
}
