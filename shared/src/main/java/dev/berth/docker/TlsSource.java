package dev.berth.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.docker.TlsMaterial.Pair;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where the TLS material of a host is: a folder with ca.pem, cert.pem and key.pem, or a secret that is a JSON object with
 * ca, cert and key; beside them there may be next-cert.pem and next-key.pem, in a secret next_cert and next_key.
 */
final class TlsSource {
    private static final String SECRET = "secret:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Pieces pieces;
    private final UnaryOperator<String> named;

    /** Looks once, and gives each piece by its name. */
    private interface Pieces {
        Function<String, Optional<String>> look();
    }

    private TlsSource(Pieces pieces, UnaryOperator<String> named) {
        this.pieces = pieces;
        this.named = named;
    }

    /** @param tls as in a host: a folder's path, or {@code secret:NAME} */
    static TlsSource of(String tls, Secrets secrets) {
        return tls.startsWith(SECRET) ? ofSecret(tls.substring(SECRET.length()), secrets) : ofFolder(Path.of(tls));
    }

    private static TlsSource ofFolder(Path folder) {
        UnaryOperator<String> file = piece -> piece + ".pem";
        return new TlsSource(
                () -> piece -> text(folder.resolve(file.apply(piece))), piece -> file.apply(piece) + " in " + folder);
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new OperationFailed(ErrorCode.TLS_FAILED, file + " cannot be read: " + e, e);
        }
    }

    private static TlsSource ofSecret(String name, Secrets secrets) {
        UnaryOperator<String> field = piece -> piece.replace('-', '_');
        return new TlsSource(
                () -> {
                    JsonNode object =
                            object(name, secrets.find(name).orElseThrow(() -> failed("there is no secret " + name)));
                    return piece -> Optional.of(object.path(field.apply(piece)))
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::textValue);
                },
                piece -> field.apply(piece) + " of the secret " + name);
    }

    /** What the parser says would quote the secret. */
    private static JsonNode object(String name, String value) {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw failed("the secret " + name + " is no JSON object");
        }
    }

    /**
     * The material as it is now.
     *
     * @throws OperationFailed {@code tls_failed} if a piece is missing or cannot be read; the text names it
     */
    TlsMaterial read() {
        Function<String, Optional<String>> now = pieces.look();
        Optional<String> next = now.apply("next-cert").or(() -> now.apply("next-key"));
        return new TlsMaterial(
                required(now, "ca"), pair(now, "cert", "key"), next.map(_ -> pair(now, "next-cert", "next-key")));
    }

    private Pair pair(Function<String, Optional<String>> now, String certificate, String key) {
        return new Pair(named.apply(certificate), required(now, certificate), required(now, key));
    }

    private String required(Function<String, Optional<String>> now, String piece) {
        return now.apply(piece).orElseThrow(() -> failed("there is no " + named.apply(piece)));
    }

    private static OperationFailed failed(String what) {
        return new OperationFailed(ErrorCode.TLS_FAILED, "the host's TLS material cannot be used: " + what);
    }
}
