package dev.berth.local.docker;

import dev.berth.local.docker.Certificates.Request;
import dev.berth.local.docker.Packages.Program;
import dev.berth.local.process.Child;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * An image registry on this machine, for real pulls, digests and refusals. The plain one stands on loopback, where Docker
 * trusts it without TLS; the secured one has TLS and a password.
 */
public final class LocalRegistry implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BCRYPT_ROUNDS = 5;
    private static final int BCRYPT_SALT = 16;

    private final String name;
    private final Child registry;

    private LocalRegistry(String name, Child registry) {
        this.name = name;
        this.registry = registry;
    }

    /** Who may push and pull. */
    public record Account(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * Starts a registry that is empty and asks for no password; installs its package first where it is missing.
     *
     * @param directory holds its data and registry.log
     * @throws LocalFailure if it cannot be installed or does not answer within half a minute
     */
    public static LocalRegistry start(Path directory, Consumer<String> listener) {
        return start(directory, LOOPBACK, port -> """
                http: {addr: "127.0.0.1:%d"}
                """.formatted(port), listener);
    }

    /**
     * Starts a registry that is empty, speaks TLS and asks for a password; an engine pulls from it once
     * {@link RegistryTrust} tells it of the certificate's authority.
     *
     * @param directory holds its data, certificate and registry.log
     * @param address one of this machine's; of a loopback address Docker would not look at the certificate
     * @param authority issues its certificate
     * @throws LocalFailure if it cannot be installed or does not answer within half a minute
     */
    public static LocalRegistry startSecured(
            Path directory, String address, Certificates authority, Account account, Consumer<String> listener) {
        var tls = authority.issue(Request.server(address)).writeTo(directory.resolve("registry-tls"));
        var passwords = directory.resolve("htpasswd");
        write(passwords, account.user() + ":" + bcrypt(account.password()) + "\n");
        return start(
                directory,
                address,
                port -> """
                auth: {htpasswd: {realm: berth, path: "%s"}}
                http: {addr: "%s:%d", tls: {certificate: "%s", key: "%s"}}
                """.formatted(passwords, address, port, tls.resolve("cert.pem"), tls.resolve("key.pem")),
                listener);
    }

    private static LocalRegistry start(
            Path directory, String address, IntFunction<String> settings, Consumer<String> listener) {
        Packages.ensure(List.of(new Program("docker-registry", "docker-registry")), listener);
        var port = Ports.reserve(Ports.ANY, "the image registry");
        var configuration = directory.resolve("registry.yml");
        write(configuration, """
                version: 0.1
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                """.formatted(directory.resolve("images")) + settings.apply(port));
        var registry = Child.Plan.of(
                        "docker-registry",
                        List.of("docker-registry", "serve", configuration.toString()),
                        directory.resolve("registry.log"))
                .start();
        try {
            registry.awaitReady(() -> listens(address, port), START_LIMIT);
        } catch (LocalFailure e) {
            registry.close();
            throw e;
        }
        return new LocalRegistry(address + ":" + port, registry);
    }

    /** The only form of passwords that the registry reads. */
    private static String bcrypt(String password) {
        var salt = new byte[BCRYPT_SALT];
        new SecureRandom().nextBytes(salt);
        return OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, BCRYPT_ROUNDS);
    }

    /** Address and port, as they stand in a reference. */
    public String name() {
        return name;
    }

    /** The reference of a repository and tag in this registry. */
    public String reference(String repositoryAndTag) {
        return name + "/" + repositoryAndTag;
    }

    @Override
    public void close() {
        registry.close();
    }

    private static boolean listens(String address, int port) {
        try (var _ = new Socket(address, port)) {
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
