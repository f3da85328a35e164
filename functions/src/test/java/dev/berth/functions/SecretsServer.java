package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Says what Secrets Manager would, of the secrets that it is given. */
final class SecretsServer implements AutoCloseable {
    final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final HttpServer server;

    SecretsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = Json.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8))
                    .path("SecretId")
                    .asText();
            String value = secrets.get(name);
            ObjectNode body = value == null
                    ? Json.object().put("__type", "ResourceNotFoundException")
                    : Json.object().put("Name", name).put("SecretString", value);
            byte[] bytes = body.toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(value == null ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
