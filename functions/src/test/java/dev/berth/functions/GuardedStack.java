package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.docker.LocalRegistry;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.port.Clock;
import dev.berth.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A stack of its own with secrets and a registry, whose sandboxes are guarded by the functions' roles. Its host is the
 * engine of the others, to whom its containers are strangers; the material of that host is a secret.
 */
final class GuardedStack implements AutoCloseable {
    /** Who sends jobs to each of these queues. */
    static final List<String> WORDS = List.of("start", "stop", "restart", "patch", "cleanup", "reconcile");

    final LocalBerth berth;
    final String name;
    final Tables tables;
    final Map<String, String> secrets = new ConcurrentHashMap<>();
    final LocalRegistry registry;
    final Roles roles;
    final LocalAws aws;
    final DynamoDbClient dynamo;
    final SqsClient sqs;
    final Results results;

    /** Whatever the functions print. */
    final Queue<String> lines = new ConcurrentLinkedQueue<>();

    GuardedStack(LocalBerth berth, String name, Path directory) throws IOException {
        this.berth = berth;
        this.name = name;
        tables = Tables.of(name);
        secrets.put("logins", "{\"auths\": {}}");
        secrets.put("hosts/host-1", material());
        registry = LocalRegistry.start(directory, _ -> {});
        Path template = directory.resolve("template.yaml");
        String text = Files.readString(LocalBerth.ROOT.resolve("template.yaml"));
        Files.writeString(template, text.replaceFirst("(RegistriesSecret:\n.*\n    Default: )''", "$1logins"));
        roles = new Roles(template, name, directory.resolve("roles"));
        Map<String, String> environment = new HashMap<>(roles.environment());
        environment.put("BERTH_ARCHIVE_AFTER", "1s");
        aws = LocalAws.on(
                berth.services,
                LocalAwsOptions.of(template, name, directory)
                        .withFunctions(LocalBerth.CODE)
                        .withSecrets(secret -> Optional.ofNullable(secrets.get(secret)))
                        .withEnvironment(environment)
                        .withListener(lines::add));
        dynamo = aws.dynamoDbClient();
        sqs = aws.sqsClient();
        results = new Results(sqs, aws.queueUrl("JobResults"));
        new DynamoHosts(dynamo, tables, Clock.system())
                .register(new Host(
                        LocalBerth.HOST,
                        berth.engine.endpoint(),
                        "secret:hosts/host-1",
                        new Host.Capacity(64_000, 256L << 30),
                        Host.Capacity.NONE,
                        HostState.ACTIVE,
                        Map.of("name", LocalBerth.HOST.value())));
    }

    private String material() throws IOException {
        ObjectNode material = Json.object();
        for (String piece : List.of("ca", "cert", "key")) {
            material.put(piece, Files.readString(berth.engine.tls().resolve(piece + ".pem")));
        }
        return material.toString();
    }

    /** Puts an image of that version into the registry alone. */
    String pushed(String reference, String version) {
        String image = registry.reference(reference);
        berth.engine.api().push(berth.images.get(version), image);
        forget(image);
        return image;
    }

    void forget(String image) {
        berth.engine.api().send("DELETE", "/images/" + image + "?force=true", "");
    }

    static ObjectNode message(GameId game, String id) {
        return Json.object().put("game_id", game.value()).put("job_id", game + id);
    }

    void send(String word, String body) {
        sqs.sendMessage(
                send -> send.queueUrl(aws.queueUrl(name + "-" + word + "-jobs")).messageBody(body));
    }

    /** Sends a job and waits for its result. */
    ObjectNode finished(String word, ObjectNode message) {
        send(word, message.toString());
        return results.await(message.path("job_id").asText());
    }

    ObjectNode done(String word, ObjectNode message) {
        ObjectNode result = finished(word, message);
        assertThat(result.path("outcome").asText()).as(result.toString()).isEqualTo("success");
        return result;
    }

    /** What the engine says of the game's containers, running or not, under any name. */
    Stream<JsonNode> containers(GameId game) {
        return StreamSupport.stream(berth.containers(game).path("list").spliterator(), false);
    }

    @Override
    public void close() {
        try (dynamo;
                sqs;
                aws;
                registry) {
            results.close();
        }
    }
}
