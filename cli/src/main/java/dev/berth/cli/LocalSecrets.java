package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.SecretsFile;
import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.OperationFailed;
import dev.berth.port.Secrets;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets of a stack on this machine: those of its file, and the TLS material of each host that it has started, for functions
 * that do not see its folder. Both are read at each call.
 *
 * @param directory the stack's
 */
record LocalSecrets(Path directory) implements Secrets {
    /** In the stack's folder; whoever uses the stack writes it, and it may be missing. */
    private static final String FILE = "secrets.json";

    private static final String HOSTS = "hosts";
    private static final Pattern OF_A_HOST = Pattern.compile(HOSTS + "/([a-z0-9][a-z0-9-]{0,62})");
    private static final List<String> PIECES = List.of("ca", "cert", "key");

    static Path file(Path directory) {
        return directory.resolve(FILE);
    }

    /** Where a host that the stack starts has all that is its own. */
    static Path hostFolder(Path directory, String hostId) {
        return directory.resolve(HOSTS).resolve(hostId);
    }

    /** The host with a secret in the place of its folder; one whose material is not in the stack's folder stays as it is. */
    static Host withSecret(Host host, Path directory) {
        String name = HOSTS + "/" + host.id();
        boolean own = Path.of(host.tls()).toAbsolutePath().startsWith(directory.toAbsolutePath());
        return own ? host.withTls("secret:" + name) : host;
    }

    /** @throws OperationFailed {@code internal} if a file of theirs is there and cannot be read */
    @Override
    public Optional<String> find(String name) {
        return new SecretsFile(file(directory)).find(name).or(() -> material(name));
    }

    private Optional<String> material(String name) {
        return Optional.of(OF_A_HOST.matcher(name))
                .filter(Matcher::matches)
                .map(host -> hostFolder(directory, host.group(1)).resolve("tls"))
                .filter(Files::isDirectory)
                .map(LocalSecrets::material);
    }

    private static String material(Path folder) {
        ObjectNode material = Json.object();
        try {
            for (String piece : PIECES) {
                material.put(piece, Files.readString(folder.resolve(piece + ".pem")));
            }
        } catch (IOException e) {
            throw new OperationFailed(ErrorCode.INTERNAL, folder + " cannot be read as a host's TLS material", e);
        }
        return Json.write(material);
    }
}
