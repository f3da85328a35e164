package dev.berth.functions;

import dev.berth.local.aws.Provision;
import dev.berth.local.aws.Template;
import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.DockerEngine;
import dev.berth.model.HostId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Three engines, started once for all test classes that ask for them as a parameter. Each test has a stack of its own on
 * them, with tables beside those of {@link LocalBerth}: a sweep takes up whatever it finds. Who harms an engine must
 * have {@link #ENGINES} for itself.
 */
final class Fleet implements AutoCloseable {
    static final List<HostId> HOSTS = List.of(new HostId("host-1"), new HostId("host-2"), new HostId("host-3"));

    /** What tests share, as long as they only use it. */
    static final String ENGINES = "engines of the fleet";

    private static final AtomicInteger STACKS = new AtomicInteger();

    final LocalBerth berth;
    final String image;
    private final Path directory = temporary();
    private final Map<HostId, DockerEngine> engines;

    private Fleet(LocalBerth berth) {
        this.berth = berth;
        engines = HOSTS.parallelStream()
                .collect(Collectors.toConcurrentMap(
                        Function.identity(),
                        host -> DockerEngine.start(directory.resolve(host.value()), host.value(), 0)));
        image = engines.values().parallelStream()
                .map(engine -> DemoImages.importInto(engine, _ -> {}).get("1.0.0"))
                .toList()
                .getFirst();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("berth-fleet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DockerEngine engine(HostId host) {
        return engines.get(host);
    }

    /** Where the engine keeps what it knows of its containers. */
    Path containersOf(HostId host) {
        return directory.resolve(host.value()).resolve("data/containers");
    }

    /** A stack that no other test knows, with its tables. */
    String newStack() {
        String stack = "fleet-" + STACKS.incrementAndGet();
        Template template = Template.read(LocalBerth.ROOT.resolve("template.yaml"), stack);
        Provision.tables(berth.dynamo, template.tables());
        return stack;
    }

    @Override
    public void close() {
        engines.values().parallelStream().forEach(DockerEngine::close);
    }

    /** Hands the one instance to tests; it ends with the test run. */
    static final class Provided implements ParameterResolver {
        private final LocalBerth.Provided berths = new LocalBerth.Provided();

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fleet.class;
        }

        @Override
        public Fleet resolveParameter(ParameterContext parameter, ExtensionContext context) {
            LocalBerth berth = berths.resolveParameter(parameter, context);
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Fleet.class, _ -> new Fleet(berth), Fleet.class);
        }
    }
}
