package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoHosts;
import dev.berth.aws.DynamoOperationLog;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.DockerEngine;
import dev.berth.local.docker.EngineApi;
import dev.berth.local.lambda.BaseImage;
import dev.berth.local.process.Ports;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A stack without functions, for those that SAM runs: at the address of this machine that the containers of SAM's engine reach, as
 * {@code berth up --address} has it. Nothing takes jobs from its queues.
 */
final class SamStack implements AutoCloseable {
    /** Where {@code events/env.json} takes the stack to be. */
    private static final String ADDRESS = "172.17.0.1";

    private static final int PORT_BASE = 14000;

    final LocalAws aws;
    final DynamoDbClient dynamo;
    final SqsClient sqs;
    final Tables tables = Tables.of("berth");
    final Games games;
    final Results results;
    private final Sam sam;
    private final DockerEngine ofSam;
    private final DockerEngine ofGames;
    private final Path variables;

    SamStack(PythonTools tools, Path directory) throws IOException {
        sam = new Sam(tools, Files.createDirectories(directory.resolve("sam")));
        String baseImage = sam.baseImage();
        ofSam = DockerEngine.start(directory.resolve("engine"), "sam", Ports.ANY);
        BaseImage.importInto(ofSam, baseImage, Files.createDirectories(directory.resolve("image")));
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.ofLiteral(ofSam.address()), Ports.ANY);
        ofGames = DockerEngine.start(directory.resolve("host-1"), LocalBerth.HOST.value(), anywhere, _ -> {});
        DemoImages.importInto(ofGames, _ -> {});
        Map<String, String> secrets = Map.of("hosts/host-1", material());
        aws = LocalAws.start(LocalAwsOptions.of(LocalBerth.ROOT.resolve("template.yaml"), "berth", directory)
                .listeningAt(anywhere)
                .withSecrets(name -> Optional.ofNullable(secrets.get(name))));
        dynamo = aws.dynamoDbClient();
        sqs = aws.sqsClient();
        games = new DynamoGames(dynamo, tables, Clock.system());
        results = new Results(sqs, aws.queueUrl("JobResults"));
        variables = variables(directory.resolve("env.json"));
        new DynamoHosts(dynamo, tables, Clock.system())
                .register(new Host(
                        LocalBerth.HOST,
                        ofGames.endpoint(),
                        "secret:hosts/host-1",
                        new Host.Capacity(64_000, 256L << 30),
                        Host.Capacity.NONE,
                        HostState.ACTIVE,
                        Map.of()));
    }

    private String material() throws IOException {
        ObjectNode material = Json.object();
        for (String piece : List.of("ca", "cert", "key")) {
            material.put(piece, Files.readString(ofGames.tls().resolve(piece + ".pem")));
        }
        return Json.write(material);
    }

    /** The file of the repository but for where the stack is: these ports may be taken, and there may be no such bridge. */
    private Path variables(Path copy) throws IOException {
        String text = Files.readString(LocalBerth.ROOT.resolve("events/env.json"));
        int port = PORT_BASE;
        for (var endpoint : List.of(aws.dynamoDb(), aws.sqs(), aws.s3(), aws.secretsManager())) {
            text = text.replace(ADDRESS + ":" + port++, endpoint.getAuthority());
        }
        return Files.writeString(copy, text);
    }

    /** Invokes a function as a person would, and returns what it answered. */
    JsonNode invoke(String function, String event) throws IOException, InterruptedException {
        Sam.Ended ended = sam.invoke(ofSam, function, LocalBerth.ROOT.resolve("events/" + event), variables);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return Json.parse("{\"answer\": " + ended.printed() + "}").path("answer");
    }

    /** What the host's engine says of the game's containers, running or not, under any name. */
    List<JsonNode> containers(GameId game) {
        String filter = "%7B%22label%22%3A%5B%22berth.game%3D" + game + "%22%5D%7D";
        try (EngineApi api = ofGames.api()) {
            String list = api.send("GET", "/containers/json?all=true&filters=" + filter, "")
                    .body();
            return StreamSupport.stream(
                            Json.parse("{\"list\":" + list + "}").path("list").spliterator(), false)
                    .toList();
        }
    }

    /** What was done to the game, by its log. */
    List<String> kinds(GameId game) {
        return new DynamoOperationLog(dynamo, tables)
                .read(game, 0, 100).stream()
                        .map(entry -> entry.entry().orElseThrow().kind().wire())
                        .toList();
    }

    @Override
    public void close() {
        try (ofSam;
                ofGames;
                aws;
                dynamo;
                sqs) {
            results.close();
        }
    }
}
