package dev.berth.contract;

import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.DockerEngine;
import dev.berth.local.process.Ports;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A Docker engine with the demo images, started once for all test classes that ask for it. */
final class LocalEngine implements AutoCloseable {
    final DockerEngine engine;
    final Map<String, String> images;

    private LocalEngine() {
        engine = DockerEngine.start(LocalStore.temporary("berth-engine"), "host-1", Ports.ANY);
        images = DemoImages.importInto(engine, _ -> {});
    }

    Host host() {
        return hostAt(engine.endpoint().getPort(), engine.tls());
    }

    /** A host at that port of this machine. */
    static Host hostAt(int port, Path tls) {
        return hostAt("tcp://127.0.0.1:" + port, tls.toString());
    }

    /** @param tls as in a host: a folder, or a secret */
    static Host hostAt(String endpoint, String tls) {
        return new Host(
                new HostId("host-1"),
                URI.create(endpoint),
                tls,
                Capacity.NONE,
                Capacity.NONE,
                HostState.ACTIVE,
                Map.of());
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Hands the one instance to tests; it ends with the test run. */
    static final class Provided implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalEngine.class;
        }

        @Override
        public LocalEngine resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(LocalEngine.class, _ -> new LocalEngine(), LocalEngine.class);
        }
    }
}
