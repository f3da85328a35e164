package dev.berth.local.docker;

import dev.berth.local.docker.Packages.Program;
import dev.berth.local.process.Child;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** An image registry on loopback, which Docker trusts without TLS there: for real pulls, digests and refusals. */
public final class LocalRegistry implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final int port;
    private final Child registry;

    private LocalRegistry(int port, Child registry) {
        this.port = port;
        this.registry = registry;
    }

    /**
     * Starts a registry that is empty and asks for no password; installs its package first where it is missing.
     *
     * @param directory holds its data and registry.log
     * @throws LocalFailure if it cannot be installed or does not answer within half a minute
     */
    public static LocalRegistry start(Path directory, Consumer<String> listener) {
        Packages.ensure(List.of(new Program("docker-registry", "docker-registry")), listener);
        var port = Ports.reserve(Ports.ANY, "the image registry");
        var configuration = directory.resolve("registry.yml");
        write(configuration, """
                version: 0.1
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(directory.resolve("images"), port));
        var registry = Child.Plan.of(
                        "docker-registry",
                        List.of("docker-registry", "serve", configuration.toString()),
                        directory.resolve("registry.log"))
                .start();
        try {
            registry.awaitReady(() -> listens(port), START_LIMIT);
        } catch (LocalFailure e) {
            registry.close();
            throw e;
        }
        return new LocalRegistry(port, registry);
    }

    /** The reference of a repository and tag in this registry. */
    public String reference(String repositoryAndTag) {
        return "127.0.0.1:" + port + "/" + repositoryAndTag;
    }

    @Override
    public void close() {
        registry.close();
    }

    private static boolean listens(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new LocalFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
