package dev.berth.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Secrets Manager in this process, as far as functions use it: it answers GetSecretValue, and knows nothing else. */
public final class SecretsServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Function<String, Optional<String>> secrets;

    private SecretsServer(HttpServer server, Function<String, Optional<String>> secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param at where to listen, with a port or {@link Ports#ANY}
     * @param secrets the text of a secret by its name, asked for at each request
     * @throws LocalFailure if the port is taken
     */
    public static SecretsServer start(InetSocketAddress at, Function<String, Optional<String>> secrets) {
        try {
            var server = new SecretsServer(HttpServer.create(at, 0), secrets);
            server.server.createContext("/", server::answer);
            server.server.start();
            return server;
        } catch (IOException e) {
            throw new LocalFailure(
                    "Secrets Manager did not start at " + at.getHostString() + ":" + at.getPort() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    public URI endpoint() {
        var address = server.getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var known = exchange.getRequestHeaders()
                    .getOrDefault("X-Amz-Target", List.of())
                    .contains("secretsmanager.GetSecretValue");
            var request = JSON.readTree(exchange.getRequestBody());
            if (known) {
                answer(exchange, request.path("SecretId").asText());
            } else {
                send(exchange, 400, error("UnknownOperationException"));
            }
        }
    }

    private void answer(HttpExchange exchange, String name) throws IOException {
        Optional<String> secret;
        try {
            secret = secrets.apply(name);
        } catch (RuntimeException unreadable) {
            send(exchange, 500, error("InternalServiceError"));
            return;
        }
        if (secret.isPresent()) {
            send(exchange, 200, JSON.createObjectNode().put("Name", name).put("SecretString", secret.get()));
        } else {
            send(exchange, 400, error("ResourceNotFoundException"));
        }
    }

    private static JsonNode error(String type) {
        return JSON.createObjectNode().put("__type", type);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
