package dev.berth.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.model.ErrorCode;
import dev.berth.model.ImageRef;
import dev.berth.model.OperationFailed;
import dev.berth.port.RegistryLogins;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Logins as they stand in Docker's own config.json: {@code {"auths": {"registry:port": {"auth": "base64 of
 * user:password"}}}}, or with {@code username} and {@code password} instead. Its text is read anew for each pull.
 */
public final class ConfigLogins implements RegistryLogins {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HUB = "docker.io";

    private final Supplier<Optional<String>> config;

    /** @param config the text of a config.json; no registry has a login where it is absent */
    public ConfigLogins(Supplier<Optional<String>> config) {
        this.config = config;
    }

    /** Where an image comes from, as it stands in a reference. */
    static String registry(ImageRef ref) {
        String repository = ref.repository();
        return repository.substring(0, repository.indexOf('/'));
    }

    /** @throws OperationFailed {@code internal} if the text is not of that form; the text of the error tells nothing of it */
    @Override
    public Optional<Login> find(String registry) {
        return config.get()
                .flatMap(text -> parse(text).path("auths").properties().stream()
                        .filter(entry -> host(entry.getKey()).equals(host(registry)))
                        .flatMap(entry -> login(entry.getValue()).stream())
                        .findFirst());
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // What the parser says quotes the text.
        }
        throw malformed();
    }

    /** Docker writes its own registry as {@code https://index.docker.io/v1/}. */
    private static String host(String registry) {
        String host =
                registry.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.equals("index." + HUB) || host.equals("registry-1." + HUB) ? HUB : host;
    }

    private static Optional<Login> login(JsonNode entry) {
        if (entry.hasNonNull("auth")) {
            return Optional.of(decoded(entry.path("auth").asText()));
        }
        // An entry without either belongs to a store of credentials elsewhere.
        return entry.hasNonNull("username") && entry.hasNonNull("password")
                ? Optional.of(new Login(
                        entry.path("username").asText(), entry.path("password").asText()))
                : Optional.empty();
    }

    private static Login decoded(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new Login(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            // What the decoder says quotes the text.
        }
        throw malformed();
    }

    private static OperationFailed malformed() {
        return new OperationFailed(
                ErrorCode.INTERNAL, "the logins of registries are not of the form of Docker's config.json");
    }
}
