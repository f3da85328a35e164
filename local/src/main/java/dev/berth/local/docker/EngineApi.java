package dev.berth.local.docker;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The Docker Engine API over mutual TLS, as far as this machine's engines have to be prepared and tested. */
public final class EngineApi implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Of an image, which may have hundreds of megabytes. */
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(5);

    /** An empty object; without it a push is refused. */
    private static final String NO_LOGIN = "e30=";

    private final URI address;
    private final HttpClient http;

    /**
     * @param endpoint tcp://host:port
     * @param tls a folder with ca.pem, cert.pem and key.pem
     */
    public EngineApi(URI endpoint, Path tls) {
        address = URI.create("https://" + endpoint.getAuthority());
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.of(tls))
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Whether the engine answers within fifteen seconds: on a busy machine a new JVM's first handshake takes some of them. */
    public boolean answers() {
        try {
            return send("GET", "/_ping", BodyPublishers.noBody(), "", PATIENCE).statusCode() == 200;
        } catch (LocalFailure e) {
            return false;
        }
    }

    /**
     * Sends a request with a JSON body.
     *
     * @param path with its query, as in {@code /containers/json?all=1}
     * @param json the body, or an empty string for none
     * @return whatever the engine answers within a minute
     * @throws LocalFailure if it does not
     */
    public HttpResponse<String> send(String method, String path, String json) {
        var body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        return send(method, path, body, "application/json", LIMIT);
    }

    /** Makes an image of one layer: see {@link #importImage(String, BodyPublisher, List)}. */
    public void importImage(String reference, byte[] fileSystem, List<String> changes) {
        importImage(reference, BodyPublishers.ofByteArray(fileSystem), changes);
    }

    /**
     * Makes an image of one layer.
     *
     * @param reference its name and tag, as in {@code berth-demo/game:1.0.0}
     * @param fileSystem a tar archive
     * @param changes Dockerfile instructions, as in {@code EXPOSE 8080}
     * @throws LocalFailure if the engine refuses
     */
    public void importImage(String reference, BodyPublisher fileSystem, List<String> changes) {
        var colon = reference.lastIndexOf(':');
        var query = new StringBuilder("/images/create?fromSrc=-&repo=" + encoded(reference.substring(0, colon))
                + "&tag=" + encoded(reference.substring(colon + 1)));
        changes.forEach(change -> query.append("&changes=").append(encoded(change)));
        var response = send("POST", query.toString(), fileSystem, "application/x-tar", IMPORT_LIMIT);
        if (response.statusCode() != 200 || response.body().contains("\"error\"")) {
            throw new LocalFailure(
                    "The engine at " + address + " does not take the image " + reference + ": " + response.body());
        }
    }

    /** Like {@link #push(String, String, LocalRegistry.Account)}, to a registry that asks for no password. */
    public void push(String image, String reference) {
        push(image, reference, NO_LOGIN);
    }

    /**
     * Gives an image another name, uploads it to the registry of that name, and forgets the name here.
     *
     * @throws LocalFailure if the engine or the registry refuses
     */
    public void push(String image, String reference, LocalRegistry.Account account) {
        var login = Base64.getUrlEncoder()
                .encodeToString("{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(account.user(), account.password())
                        .getBytes(StandardCharsets.UTF_8));
        push(image, reference, login);
    }

    private void push(String image, String reference, String login) {
        var colon = reference.lastIndexOf(':');
        var repository = reference.substring(0, colon);
        var tag = reference.substring(colon + 1);
        var tagged = send("POST", "/images/" + image + "/tag?repo=" + encoded(repository) + "&tag=" + tag, "");
        var push = request("/images/" + repository + "/push?tag=" + tag, "", LIMIT)
                .header("X-Registry-Auth", login)
                .POST(BodyPublishers.noBody());
        var pushed = send(push.build());
        if (tagged.statusCode() != 201 || pushed.body().contains("\"error\"")) {
            throw new LocalFailure("The engine at " + address + " does not push " + reference + ": " + pushed.body());
        }
        send("DELETE", "/images/" + reference, "");
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<String> send(
            String method, String path, BodyPublisher body, String contentType, Duration limit) {
        return send(request(path, contentType, limit).method(method, body).build());
    }

    private HttpRequest.Builder request(String path, String contentType, Duration limit) {
        var request = HttpRequest.newBuilder(address.resolve(path)).timeout(limit);
        return contentType.isEmpty() ? request : request.header("Content-Type", contentType);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new LocalFailure(
                    "The Docker engine at " + address + " does not answer " + request.method() + " " + request.uri()
                            + ": " + e,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while waiting for the Docker engine at " + address + ".", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
