package dev.berth.local.lambda;

import dev.berth.local.aws.Template;
import dev.berth.local.process.LocalFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A function and its sandboxes: as many as there are invocations at a time, kept for the next ones. */
public final class LocalFunction implements AutoCloseable {

    private final FunctionRuntime runtime;
    private final Path nativeClient;
    private final Set<Sandbox> sandboxes = ConcurrentHashMap.newKeySet();
    private final Deque<Sandbox> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    public LocalFunction(FunctionRuntime runtime) {
        this.runtime = runtime;
        this.nativeClient = NativeClient.unpack(runtime.log().resolveSibling("native"));
    }

    public Template.Function definition() {
        return runtime.function();
    }

    /**
     * Invokes it and waits for the response, at most its timeout (and a minute more where a sandbox has to be started).
     *
     * @param payload JSON
     * @throws LocalFailure if no sandbox can be started
     */
    public Response invoke(String payload) {
        var sandbox = takeIdle();
        try {
            var response = sandbox.invoke(payload);
            if (response.failed()) {
                runtime.lines().accept("[" + definition().logicalId() + " failed] " + response.payload());
            }
            return response;
        } finally {
            giveBack(sandbox);
        }
    }

    /** The sandboxes that run now. */
    public List<Sandbox> sandboxes() {
        return sandboxes.stream().filter(Sandbox::isAlive).toList();
    }

    /** Ends the sandboxes that had nothing to do for that long. */
    public void endIdle(Duration time) {
        var limit = Instant.now().minus(time);
        for (var sandbox : List.copyOf(idle)) {
            if (sandbox.lastUsed().isBefore(limit) && idle.remove(sandbox)) {
                end(sandbox);
            }
        }
    }

    /** Ends its sandboxes, in the middle of their invocations too. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(sandboxes).parallelStream().forEach(this::end);
    }

    private Sandbox takeIdle() {
        for (var sandbox = idle.poll(); sandbox != null; sandbox = idle.poll()) {
            if (sandbox.isAlive()) {
                return sandbox;
            }
            end(sandbox);
        }
        return startSandbox();
    }

    private Sandbox startSandbox() {
        var sandbox = Sandbox.start(runtime, nativeClient);
        sandboxes.add(sandbox);
        if (closed) {
            end(sandbox);
            throw new LocalFailure(definition().logicalId() + " has been closed.");
        }
        return sandbox;
    }

    private void giveBack(Sandbox sandbox) {
        if (sandbox.isAlive() && !closed) {
            idle.push(sandbox);
        } else {
            end(sandbox);
        }
    }

    private void end(Sandbox sandbox) {
        sandboxes.remove(sandbox);
        sandbox.close();
    }
}
