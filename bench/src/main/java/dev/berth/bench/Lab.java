package dev.berth.bench;

import dev.berth.aws.DynamoHosts;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.aws.DynamoDbLocal;
import dev.berth.local.aws.Emulators;
import dev.berth.local.docker.DemoImages;
import dev.berth.local.docker.DockerEngine;
import dev.berth.local.docker.EngineApi;
import dev.berth.local.process.Ports;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.port.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A whole stack on this machine with Docker hosts of its own, made for one measurement. */
final class Lab implements AutoCloseable {
    static final String STACK = "berth-bench";

    /** Of what is run: answers on a port, and ends at once when it is asked to. */
    static final String GAME_PORT = "8080";

    private static final Pattern CONTAINER = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");

    private final List<DockerEngine> engines = new ArrayList<>();
    private final Map<String, String> images;
    private final Emulators emulators;
    private final LocalAws aws;

    /**
     * @param sandboxes how many batches of each kind of job at a time
     * @param lines told each line that a function prints
     */
    Lab(int hosts, int sandboxes, Consumer<String> lines) {
        Path folder = Scratch.folder();
        IntStream.rangeClosed(1, hosts)
                .mapToObj(number -> "host-" + number)
                .forEach(id -> engines.add(DockerEngine.start(folder.resolve(id), id, 0, System.err::println)));
        images = engines.stream()
                .map(engine -> DemoImages.importInto(engine, System.err::println))
                .toList()
                .getFirst();
        emulators = emulators(folder);
        aws = LocalAws.on(
                emulators,
                LocalAwsOptions.of(home().resolve("template.yaml"), STACK, folder)
                        .withFunctions(home().resolve("functions/target/functions.jar"))
                        .withMaxSandboxes(sandboxes)
                        .withListener(lines));
        try (DynamoDbClient dynamo = aws.dynamoDbClient()) {
            DynamoHosts registry = new DynamoHosts(dynamo, Tables.of(STACK), Clock.system());
            engines.forEach(engine -> registry.register(host(engine)));
        }
    }

    /** What stands for AWS, as quick as it can be. */
    static Emulators emulators(Path folder) {
        return Emulators.start(folder, Ports.loopback(Ports.ANY), DynamoDbLocal.Run.LONG);
    }

    /** The repository's root, as the launcher tells it. */
    static Path home() {
        return Path.of(System.getProperty("berth.home", "")).toAbsolutePath();
    }

    LocalAws aws() {
        return aws;
    }

    List<DockerEngine> engines() {
        return List.copyOf(engines);
    }

    DockerEngine engine() {
        return engines.getFirst();
    }

    /** The image that is run. */
    String image() {
        return image("1.0.0");
    }

    String image(String version) {
        return images.getOrDefault(version, version);
    }

    /** Removes every container of every engine. */
    void clear() {
        engines.forEach(Lab::clear);
    }

    private static void clear(DockerEngine engine) {
        try (EngineApi api = engine.api()) {
            String all = api.send("GET", "/containers/json?all=true", "").body();
            List<String> ids = CONTAINER
                    .matcher(all)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            ids.parallelStream().forEach(id -> api.send("DELETE", "/containers/" + id + "?force=true", ""));
        }
    }

    @Override
    public void close() {
        aws.close();
        emulators.close();
        engines.forEach(DockerEngine::close);
    }

    private static Host host(DockerEngine engine) {
        return new Host(
                new HostId(engine.hostId()),
                engine.endpoint(),
                engine.tls().toString(),
                new Host.Capacity(1_000_000, 1L << 40),
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of("name", engine.hostId()));
    }
}
