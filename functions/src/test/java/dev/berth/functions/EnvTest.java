package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.Template;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The file that {@code sam local invoke --env-vars} takes tells each function what the stack of {@code berth up} would. */
final class EnvTest {
    private static final String ADDRESS = "http://172.17.0.1:";
    private static final int PORT_BASE = 14000;

    /** The ports in their order, as the stack has them. */
    private static final List<String> ENDPOINTS = List.of(
            "AWS_ENDPOINT_URL_DYNAMODB",
            "AWS_ENDPOINT_URL_SQS",
            "AWS_ENDPOINT_URL_S3",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER");

    private final Template template = Template.read(LocalBerth.ROOT.resolve("template.yaml"), "berth");
    private final ObjectNode env = Json.parse(Files.readString(LocalBerth.ROOT.resolve("events/env.json")));

    EnvTest() throws IOException {}

    @Test
    void tellsEachFunctionWhatTheStackWouldTellIt() {
        for (Template.Function function : functions()) {
            Map<String, String> told = told(function.logicalId());
            for (int i = 0; i < ENDPOINTS.size(); i++) {
                assertThat(told.remove(ENDPOINTS.get(i))).isEqualTo(ADDRESS + (PORT_BASE + i));
            }
            Map<String, String> expected = new TreeMap<>(function.environment());
            expected.keySet().retainAll(told.keySet());
            assertThat(told).as(function.logicalId()).isEqualTo(expected);
        }
    }

    /** SAM knows no name of a resource or of the stack; parameters have the template's own values. */
    @Test
    void tellsWhateverSamCannotKnow() {
        for (Template.Function function : functions()) {
            List<String> named = function.environment().entrySet().stream()
                    .filter(variable -> variable.getValue().startsWith("berth")
                            || variable.getValue().startsWith("http"))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(told(function.logicalId())).as(function.logicalId()).containsKeys(named.toArray(String[]::new));
        }
    }

    @Test
    void speaksOfNoFunctionThatThereIsNot() {
        assertThat(env.properties().stream().map(Map.Entry::getKey).filter(name -> !name.equals("Parameters")))
                .containsExactlyInAnyOrderElementsOf(
                        functions().stream().map(Template.Function::logicalId).toList());
    }

    private List<Template.Function> functions() {
        Map<String, String> names = new HashMap<>();
        template.queues().forEach(queue -> names.put(queue.logicalId(), queue.name()));
        URI queues = URI.create(ADDRESS + (PORT_BASE + 1) + "/000000000000/");
        return template.functions(logicalId ->
                queues.resolve(names.getOrDefault(logicalId, "none")).toString());
    }

    private Map<String, String> told(String function) {
        Map<String, String> told = new TreeMap<>();
        for (JsonNode part : List.of(env.path("Parameters"), env.path(function))) {
            part.properties()
                    .forEach(variable ->
                            told.put(variable.getKey(), variable.getValue().textValue()));
        }
        return told;
    }
}
