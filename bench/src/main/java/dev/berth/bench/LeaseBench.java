package dev.berth.bench;

import com.amazonaws.services.dynamodbv2.AcquireLockOptions;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClient;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions;
import com.amazonaws.services.dynamodbv2.CreateDynamoDBTableOptions;
import com.amazonaws.services.dynamodbv2.LockItem;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.costs.CountedDynamo;
import dev.berth.local.costs.CountedDynamo.Sent;
import dev.berth.model.GameId;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import dev.berth.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/** Taking and releasing a game, beside AWS Labs' lock client, which does the same with an item of its own. */
@Command(
        name = "lease",
        description =
                "Measure acquire and release, and the take-over from a dead holder, beside AWS Labs' lock client.",
        mixinStandardHelpOptions = true)
final class LeaseBench implements Callable<Integer> {
    private static final String LOCKS = "locks";
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final GameId GAME = new GameId("match-42");

    @Option(names = "--rounds", defaultValue = "500", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    private final CountedDynamo counted = new CountedDynamo();

    @Override
    public Integer call() throws IOException {
        Report report = printed.report();
        try (LocalAws aws = LocalAws.start(
                        LocalAwsOptions.of(Lab.home().resolve("template.yaml"), Lab.STACK, Lab.temporary()));
                DynamoDbClient plain = aws.dynamoDbClient();
                DynamoDbClient dynamo = counted.client(aws.dynamoDb(), plain);
                AmazonDynamoDBLockClient locks = lockClient(dynamo)) {
            Games games = new DynamoGames(dynamo, Tables.of(Lab.STACK), Clock.system());
            try (Race race = new Race(List.of(new LockClient(locks), new Berth(games)))) {
                race.warmUp(rounds / 2);
                race.run(rounds).forEach((what, all) -> report.table(what, Report.compared("of", all)));
            }
            report.table(
                    "requests",
                    List.of(
                            counted("AWS Labs' lock client", new LockClient(locks)),
                            counted("Berth", new Berth(games))));
            report.table("take-over from a holder that died, its lease being over", takeOvers(dynamo, games));
        }
        return 0;
    }

    private ObjectNode counted(String name, Entrant entrant) {
        counted.clear();
        entrant.life("game");
        return Json.object().put("of", name).put("requests", sent());
    }

    private List<ObjectNode> takeOvers(DynamoDbClient dynamo, Games games) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        try (AmazonDynamoDBLockClient dead = lockClient(dynamo);
                AmazonDynamoDBLockClient next = lockClient(dynamo)) {
            acquired(dead);
            Clock.system().pause(LEASE.plusSeconds(1));
            rows.add(timed("AWS Labs' lock client", () -> acquired(next)));
        }
        held(games, Duration.ofMillis(1));
        Clock.system().pause(Duration.ofMillis(50));
        rows.add(timed("Berth", () -> held(games, LEASE)));
        return rows;
    }

    private ObjectNode timed(String name, Runnable work) {
        counted.clear();
        Duration took = Stopwatch.of(work);
        return Json.object()
                .put("of", name)
                .put("ms", Report.rounded(took.toNanos() / 1e6, 10))
                .put("requests", sent());
    }

    /** What was asked of DynamoDB, in its order. */
    private String sent() {
        return counted.sent().stream().map(Sent::request).collect(Collectors.joining(", "));
    }

    private static Lease held(Games games, Duration duration) {
        if (games.acquire(GAME, "never finished", duration) instanceof Acquisition.Held held) {
            return held.lease();
        }
        throw new IllegalStateException("somebody holds " + GAME);
    }

    private static AmazonDynamoDBLockClient lockClient(DynamoDbClient dynamo) {
        if (!dynamo.listTables().tableNames().contains(LOCKS)) {
            AmazonDynamoDBLockClient.createLockTableInDynamoDB(CreateDynamoDBTableOptions.builder(
                            dynamo,
                            ProvisionedThroughput.builder()
                                    .readCapacityUnits(1000L)
                                    .writeCapacityUnits(1000L)
                                    .build(),
                            LOCKS)
                    .build());
        }
        return new AmazonDynamoDBLockClient(AmazonDynamoDBLockClientOptions.builder(dynamo, LOCKS)
                .withTimeUnit(TimeUnit.SECONDS)
                .withLeaseDuration(LEASE.toSeconds())
                .withHeartbeatPeriod(1L)
                .withCreateHeartbeatBackgroundThread(false)
                .build());
    }

    private static LockItem acquired(AmazonDynamoDBLockClient client) {
        try {
            return client.acquireLock(AcquireLockOptions.builder(GAME.value())
                    .withDeleteLockOnRelease(false)
                    .build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record LockClient(AmazonDynamoDBLockClient client) implements Entrant {
        @Override
        public String name() {
            return "AWS Labs' lock client";
        }

        @Override
        public Map<String, Duration> life(String game) {
            return Map.of("acquire and release", Stopwatch.of(() -> client.releaseLock(acquired(client))));
        }

        @Override
        public void close() {}
    }

    private record Berth(Games games) implements Entrant {
        @Override
        public String name() {
            return "Berth";
        }

        @Override
        public Map<String, Duration> life(String game) {
            return Map.of(
                    "acquire and release", Stopwatch.of(() -> games.release(held(games, LEASE), Optional.empty())));
        }

        @Override
        public void close() {}
    }
}
