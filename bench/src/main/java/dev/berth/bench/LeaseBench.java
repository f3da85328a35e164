package dev.berth.bench;

import com.amazonaws.services.dynamodbv2.AcquireLockOptions;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClient;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions;
import com.amazonaws.services.dynamodbv2.CreateDynamoDBTableOptions;
import com.amazonaws.services.dynamodbv2.LockItem;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.GameLeases;
import dev.berth.aws.Tables;
import dev.berth.local.costs.CountedDynamo.Sent;
import dev.berth.model.GameId;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import dev.berth.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
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

    @Override
    public Integer call() throws IOException {
        Report report = printed.report();
        try (CountedStack stack = new CountedStack()) {
            try (Race race = new Race(entrants(stack.plain()))) {
                race.warmUp(rounds / 2);
                race.run(rounds).forEach((what, all) -> report.table(what, Report.compared("of", all)));
            }
            report.table("requests", counted(stack));
            report.table("take-over from a holder that died, its lease being over", takeOvers(stack));
        }
        return 0;
    }

    private static List<Entrant> entrants(DynamoDbClient dynamo) {
        Tables tables = Tables.of(Lab.STACK);
        return List.of(
                new LockClient(lockClient(dynamo)),
                new TwoUpdates("two conditional updates of a bare item", dynamo, LOCKS, "key"),
                new TwoUpdates("the same in a table with the games' indexes", dynamo, tables.games(), "game_id"),
                new BerthLease(new GameLeases(dynamo, tables, Clock.system())),
                new BerthGame(new DynamoGames(dynamo, tables, Clock.system())));
    }

    private static List<ObjectNode> counted(CountedStack stack) {
        List<ObjectNode> rows = new ArrayList<>();
        List<Entrant> entrants = entrants(stack.dynamo());
        entrants.forEach(entrant -> {
            stack.counted().clear();
            entrant.life("game");
            rows.add(Json.object().put("of", entrant.name()).put("requests", sent(stack)));
        });
        entrants.forEach(Entrant::close);
        return rows;
    }

    private static List<ObjectNode> takeOvers(CountedStack stack) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        try (AmazonDynamoDBLockClient dead = lockClient(stack.dynamo());
                AmazonDynamoDBLockClient next = lockClient(stack.dynamo())) {
            acquired(dead);
            Clock.system().pause(LEASE.plusSeconds(1));
            rows.add(timed("AWS Labs' lock client", stack, () -> acquired(next)));
        }
        GameLeases leases = new GameLeases(stack.dynamo(), Tables.of(Lab.STACK), Clock.system());
        taken(leases, Duration.ofMillis(1));
        Clock.system().pause(Duration.ofMillis(50));
        rows.add(timed("Berth", stack, () -> taken(leases, LEASE)));
        return rows;
    }

    private static ObjectNode timed(String name, CountedStack stack, Runnable work) {
        stack.counted().clear();
        Duration took = Stopwatch.of(work);
        return Json.object()
                .put("of", name)
                .put("ms", Report.rounded(took.toNanos() / 1e6, 10))
                .put("requests", sent(stack));
    }

    /** What was asked of DynamoDB, in its order. */
    private static String sent(CountedStack stack) {
        return stack.counted().sent().stream().map(Sent::request).collect(Collectors.joining(", "));
    }

    private static Lease taken(GameLeases leases, Duration duration) {
        if (leases.take(GAME, duration) instanceof GameLeases.Take.Taken taken) {
            return taken.lease();
        }
        throw new IllegalStateException("somebody holds " + GAME);
    }

    private static Lease acquired(Games games) {
        if (games.acquire(GAME, "never finished", LEASE) instanceof Acquisition.Held held) {
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
        public void close() {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The fewest requests that can do it, on an item with nothing else in it: the limit of what can be had. */
    private record TwoUpdates(String name, DynamoDbClient dynamo, String table, String key) implements Entrant {
        @Override
        public Map<String, Duration> life(String game) {
            return Map.of("acquire and release", Stopwatch.of(() -> {
                update("attribute_not_exists(held)", "SET held = :me");
                update("held = :me", "REMOVE held");
            }));
        }

        private void update(String condition, String change) {
            dynamo.updateItem(update -> update.tableName(table)
                    .key(Map.of(key, AttributeValue.fromS("bare")))
                    .conditionExpression(condition)
                    .updateExpression(change)
                    .expressionAttributeValues(Map.of(":me", AttributeValue.fromS("me"))));
        }

        @Override
        public void close() {}
    }

    private record BerthLease(GameLeases leases) implements Entrant {
        @Override
        public String name() {
            return "Berth's lease";
        }

        @Override
        public Map<String, Duration> life(String game) {
            return Map.of(
                    "acquire and release", Stopwatch.of(() -> leases.release(taken(leases, LEASE), Optional.empty())));
        }

        @Override
        public void close() {}
    }

    /** As each operation begins. */
    private record BerthGame(Games games) implements Entrant {
        @Override
        public String name() {
            return "Berth's lease, with a look at job and log beside";
        }

        @Override
        public Map<String, Duration> life(String game) {
            return Map.of("acquire and release", Stopwatch.of(() -> games.release(acquired(games), Optional.empty())));
        }

        @Override
        public void close() {}
    }
}
