package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.docker.Engine;
import dev.berth.local.docker.EngineApi;
import dev.berth.wire.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An engine's API where nothing may be refused: what is measured is done, or the bench ends. */
final class AskedEngine implements AutoCloseable {
    private final EngineApi api;

    /** What the engine said instead of doing it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Refused(String text) {
            super(text);
        }
    }

    AskedEngine(Engine engine) {
        api = engine.api();
    }

    /** @throws Refused if the engine does */
    void ask(String method, String path, String body) {
        answered(method, path, body);
    }

    /** What the engine tells at that path, which is an object. */
    ObjectNode get(String path) {
        return Json.parse(answered("GET", path, ""));
    }

    /** What the engine lists at that path, of what the filter lets through. */
    JsonNode list(String path, String filter, String value) {
        ObjectNode filters = Json.object();
        filters.putObject(filter).put(value, true);
        String query = "filters=" + URLEncoder.encode(Json.write(filters), StandardCharsets.UTF_8);
        return Json.parse("{\"all\":" + answered("GET", path + query, "") + "}").path("all");
    }

    private String answered(String method, String path, String body) {
        HttpResponse<String> answer = api.send(method, path, body);
        if (answer.statusCode() >= 300) {
            throw new Refused(method + " " + path + ": " + answer.body().strip());
        }
        return answer.body();
    }

    @Override
    public void close() {
        api.close();
    }
}
