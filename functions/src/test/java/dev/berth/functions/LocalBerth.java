package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.DynamoOperationLog;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.aws.AwsServices;
import dev.berth.local.aws.Emulators;
import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.DockerEngine;
import dev.berth.local.process.Ports;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.OperationLog;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The whole of Berth on this machine, started once for all test classes that ask for it as a parameter. */
final class LocalBerth implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final HostId HOST = new HostId("host-1");

    /** The functions, and with the test classes {@link RoleGuard}, which is told of their roles by the environment. */
    static final Path[] CODE = {
        ROOT.resolve("functions/target/functions.jar"), ROOT.resolve("functions/target/functions-tests.jar")
    };

    private static final AtomicInteger GAMES = new AtomicInteger();

    final AwsServices services;
    final LocalAws aws;
    final DockerEngine engine;
    final Map<String, String> images;
    final DynamoDbClient dynamo;
    final SqsClient sqs;
    final Tables tables = Tables.of("berth");
    final Games games;
    final Hosts hosts;
    final OperationLog log;
    final Results results;
    final Roles roles;

    /** The file of the functions' secrets; there is none until a test writes it. */
    final Path secrets;

    private LocalBerth(AwsServices services) {
        this.services = services;
        Path directory = temporary();
        secrets = directory.resolve("secrets.json");
        roles = new Roles(ROOT.resolve("template.yaml"), "berth", directory.resolve("roles"));
        Map<String, String> environment = new HashMap<>(roles.environment());
        environment.put("BERTH_SECRETS_FILE", secrets.toString());
        aws = LocalAws.on(
                services,
                LocalAwsOptions.of(ROOT.resolve("template.yaml"), "berth", directory)
                        .withFunctions(CODE)
                        .withEnvironment(environment));
        engine = DockerEngine.start(directory.resolve(HOST.value()), HOST.value(), 0);
        images = DemoImages.importInto(engine, _ -> {});
        dynamo = aws.dynamoDbClient();
        sqs = aws.sqsClient();
        games = new DynamoGames(dynamo, tables, Clock.system());
        hosts = new DynamoHosts(dynamo, tables, Clock.system());
        log = new DynamoOperationLog(dynamo, tables);
        results = new Results(sqs, aws.queueUrl("JobResults"));
        register(HOST, engine.endpoint().toString(), engine.tls());
        recordCache();
    }

    /** Leads one game through its life and ends its sandboxes: those that follow, hundreds of them, begin with what one has recorded. */
    private void recordCache() {
        GameId game = newGame();
        deliver("StartFunction", startOf(game, game + "-start"), 1);
        deliver("StopFunction", Arena.stopMessage(game, game + "-stop"), 1);
        deliver("CleanupFunction", Arena.message(game, game + "-cleanup"), 1);
        aws.functions().values().forEach(function -> function.endIdle(Duration.ZERO));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("berth-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void register(HostId id, String endpoint, Path tls) {
        hosts.register(new Host(
                id,
                URI.create(endpoint),
                tls.toString(),
                new Host.Capacity(64_000, 256L << 30),
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of("name", id.value())));
    }

    /** A game that no other test knows. */
    static GameId newGame() {
        return new GameId("game-" + ProcessHandle.current().pid() + "-" + GAMES.incrementAndGet());
    }

    void send(String queue, String body) {
        sqs.sendMessage(send -> send.queueUrl(aws.queueUrl(queue)).messageBody(body));
    }

    /** A start message on the one host, with a published port, to which more can be added. */
    ObjectNode startOf(GameId game, String jobId) {
        ObjectNode message = Json.object();
        message.put("game_id", game.value());
        message.put("job_id", jobId);
        message.put("image_ref", images.get("1.0.0"));
        ObjectNode spec = message.putObject("spec");
        spec.put("vcpu", 0.25).put("memory", "64M");
        spec.putArray("ports").addObject().put("container", 8080);
        spec.putObject("host_labels").put("name", HOST.value());
        return message;
    }

    /** Hands a message straight to a function, as if it were delivered for the so manieth time. */
    String deliver(String function, ObjectNode message, int delivery) {
        return aws.function(function).invoke(event(message, delivery)).payload();
    }

    /** What a function is given when a message is delivered to it for the so manieth time. */
    static String event(ObjectNode message, int delivery) {
        return event("message", List.of(message.toString()), delivery);
    }

    /** @param id what the ids of the messages begin with */
    static String event(String id, List<String> bodies, int delivery) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (String body : bodies) {
            ObjectNode record = records.addObject();
            record.put("messageId", id + "-" + records.size())
                    .put("receiptHandle", "none")
                    .put("body", body);
            record.put("eventSource", "aws:sqs").put("awsRegion", "eu-west-1");
            record.putObject("attributes")
                    .put("ApproximateReceiveCount", Integer.toString(delivery))
                    .put("SentTimestamp", Long.toString(System.currentTimeMillis()));
            record.putObject("messageAttributes");
        }
        return event.toString();
    }

    Optional<Game> game(GameId game) {
        return games.find(game);
    }

    /** The game's item as it stands in the table, with its lease; empty if there is none. */
    Map<String, AttributeValue> item(GameId game) {
        return dynamo.getItem(get -> get.tableName(tables.games())
                        .key(Map.of("game_id", AttributeValue.fromS(game.value())))
                        .consistentRead(true))
                .item();
    }

    /** All of a game's log, each of them as it was written. */
    List<OperationEntry> entries(GameId game) {
        List<LoggedEntry> entries = log.read(game, 0, 1000);
        assertThat(entries).allMatch(LoggedEntry::isWhole);
        return entries.stream().map(entry -> entry.entry().orElseThrow()).toList();
    }

    /** Gives an image of the engine one more name there, or a name that another one had. */
    void tag(String image, String reference) {
        int colon = reference.lastIndexOf(':');
        String repository = URLEncoder.encode(reference.substring(0, colon), StandardCharsets.UTF_8);
        String query = "?repo=" + repository + "&tag=" + reference.substring(colon + 1);
        assertThat(engine.api()
                        .send("POST", "/images/" + image + "/tag" + query, "")
                        .statusCode())
                .isEqualTo(201);
    }

    /** What the engine says of the game's containers, running or not, under any name. */
    ObjectNode containers(GameId game) {
        String filter = "%7B%22label%22%3A%5B%22berth.game%3D" + game + "%22%5D%7D";
        String body = engine.api()
                .send("GET", "/containers/json?all=true&filters=" + filter, "")
                .body();
        return Json.parse("{\"list\":" + body + "}");
    }

    @Override
    public void close() {
        try (dynamo;
                sqs;
                aws;
                engine) {
            results.close();
        }
    }

    /** Hands the one instance to tests; it ends with the test run. */
    static final class Provided implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalBerth.class;
        }

        @Override
        public LocalBerth resolveParameter(ParameterContext parameter, ExtensionContext context) {
            ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
            AwsServices services = services(store);
            return store.computeIfAbsent(LocalBerth.class, _ -> new LocalBerth(services), LocalBerth.class);
        }

        /** Our emulators, unless an extension of the run has put others there before, as that of the profile localstack does. */
        private static AwsServices services(ExtensionContext.Store store) {
            return store.computeIfAbsent(
                    AwsServices.class, _ -> Emulators.start(temporary(), Ports.loopback(Ports.ANY)), AwsServices.class);
        }
    }
}
