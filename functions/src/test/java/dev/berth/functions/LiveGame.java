package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.GameId;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A running game as its players see it, over its published port, and as the engine sees it. */
final class LiveGame {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final LocalBerth berth;
    private final GameId game;
    private final HttpClient http = HttpClient.newHttpClient();

    LiveGame(LocalBerth berth, GameId game) {
        this.berth = berth;
        this.game = game;
    }

    String container() {
        return berth.game(game)
                .flatMap(Game::record)
                .orElseThrow()
                .container()
                .orElseThrow()
                .id();
    }

    /** The published port, as the record has it. */
    int port() {
        return berth.game(game)
                .flatMap(Game::record)
                .orElseThrow()
                .container()
                .orElseThrow()
                .endpoints()
                .getFirst()
                .port();
    }

    /** What the game says of itself; waits until it listens. */
    String answer() {
        return page("").orElseThrow();
    }

    /** What the game serves under that name; empty if it says that there is nothing. Waits until it listens. */
    Optional<String> page(String name) {
        return page(port(), name);
    }

    private Optional<String> page(int port, String name) {
        HttpResponse<String> response = Awaitility.await("an answer on port " + port)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> get(port, name), _ -> true);
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body().strip());
            case 404 -> Optional.empty();
            default -> throw new AssertionError(response + ": " + response.body());
        };
    }

    private HttpResponse<String> get(int port, String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + name))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Writes into the container's own file system, from inside, what the game serves under that name from now on. */
    void write(String name, String text) {
        String container = container();
        var exec = Json.object();
        exec.putArray("Cmd").add("sh").add("-c").add("echo " + text + " > /www/" + name);
        String id = sent("POST", "/containers/" + container + "/exec", exec.toString())
                .path("Id")
                .asText();
        sent("POST", "/exec/" + id + "/start", "{\"Detach\": true}");
        Awaitility.await("what was written").atMost(LIMIT).until(() -> page(name), Optional.of(text)::equals);
        Awaitility.await("the end of what wrote it")
                .atMost(LIMIT)
                .until(() -> !sent("GET", "/exec/" + id + "/json", "")
                        .path("Running")
                        .asBoolean(true));
    }

    /** The engine's own account of the game's container. */
    JsonNode inspected() {
        return sent("GET", "/containers/" + container() + "/json", "");
    }

    /** Ends the container behind the game's back. */
    void kill() {
        sent("POST", "/containers/" + container() + "/kill", "");
        Awaitility.await("its end")
                .atMost(LIMIT)
                .until(() -> !inspected().path("State").path("Running").asBoolean());
    }

    /** The names of all containers of the game, without the slash. */
    List<String> names() {
        return berth.containers(game).path("list").findValues("Names").stream()
                .map(names -> names.path(0).asText().substring(1))
                .toList();
    }

    private JsonNode sent(String method, String path, String body) {
        HttpResponse<String> response = berth.engine.api().send(method, path, body);
        if (response.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + response.body());
        }
        return response.body().startsWith("{") ? Json.parse(response.body()) : Json.object();
    }
}
