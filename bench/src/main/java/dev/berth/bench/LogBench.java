package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.S3Archive;
import dev.berth.aws.Tables;
import dev.berth.local.LocalAws;
import dev.berth.local.LocalAwsOptions;
import dev.berth.local.process.Child;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.Segment;
import dev.berth.model.Sha256;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import dev.berth.port.LogArchive;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import dev.berth.wire.SegmentLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What the operation log costs: appending to it, and verifying and replaying it from the table and from the archive. */
@Command(
        name = "log",
        description = "Measure the operation log: appends, and verify and replay from table and archive.",
        mixinStandardHelpOptions = true)
final class LogBench implements Callable<Integer> {
    private static final Duration LEASE = Duration.ofMinutes(30);

    /** Enough for a JVM with the AWS SDK and one segment, and for nothing that grows with the log. */
    private static final String READERS_MEMORY = "-Xmx64m";

    private static final Duration READING_LIMIT = Duration.ofMinutes(20);

    @Option(names = "--entries", defaultValue = "10000", description = "In the table (default: ${DEFAULT-VALUE}).")
    private int entries;

    @Option(names = "--archived", defaultValue = "1000000", description = "In the archive (default: ${DEFAULT-VALUE}).")
    private int archived;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    @Override
    public Integer call() {
        Path logs = Scratch.folder();
        try (LocalAws aws = LocalAws.start(LocalAwsOptions.of(Lab.home().resolve("template.yaml"), Lab.STACK, logs));
                DynamoDbClient dynamo = aws.dynamoDbClient();
                S3Client s3 = aws.s3Client()) {
            Games games = new DynamoGames(dynamo, Tables.of(Lab.STACK), Clock.system());
            LogArchive archive = new S3Archive(s3, aws.bucketName("LogArchive"));

            GameId inTable = new GameId("in-table");
            appended(append(games, new SampleLog(inTable), entries));
            read("table", aws, inTable, logs);

            GameId inArchive = new GameId("in-archive");
            SampleLog log = new SampleLog(inArchive);
            long bytes = fill(archive, inArchive, log, archived / Limits.SEGMENT);
            append(games, log, Limits.SEGMENT / 2);
            tell(Json.object().put("measured", "archive").put("bytes_an_entry", bytes / Math.max(1, archived)));
            read("archive", aws, inArchive, logs);
        }
        return 0;
    }

    /** Each entry in the transaction that ends an operation: item, entry, chain. */
    private static Duration append(Games games, SampleLog log, int count) {
        OperationEntry first = log.append(new Fence(1));
        if (!(games.acquire(first.game(), "never finished", LEASE) instanceof Acquisition.Held held)) {
            throw new IllegalStateException("somebody holds " + first.game());
        }
        games.commit(held.lease(), SampleLog.commit(first, List.of(), true));
        Lease lease = held.lease();
        Instant began = Instant.now();
        for (int i = 1; i < count; i++) {
            games.commit(lease, SampleLog.commit(log.append(lease.fence()), List.of(), true));
        }
        return Duration.between(began, Instant.now());
    }

    private static long fill(LogArchive archive, GameId game, SampleLog log, int segments) {
        long bytes = 0;
        for (int i = 0; i < segments; i++) {
            LogHead before = log.head();
            List<LoggedEntry> entries = new ArrayList<>(Limits.SEGMENT);
            while (entries.size() < Limits.SEGMENT) {
                entries.add(EntryJson.logged(log.append(new Fence(1))));
            }
            byte[] lines = SegmentLines.of(entries);
            Segment segment = new Segment(
                    game,
                    before.seq() + 1,
                    log.head().seq(),
                    before.hash(),
                    log.head().hash(),
                    lines.length,
                    Sha256.hex(lines),
                    entries.getLast().entry().orElseThrow().change(),
                    0);
            archive.keepEntries(segment, entries);
            archive.declare(segment);
            bytes += lines.length;
        }
        return bytes;
    }

    private void appended(Duration took) {
        tell(Json.object()
                .put("measured", "append")
                .put("entries", entries)
                .put("millis", took.toMillis())
                .put("a_second", entries * 1000L / Math.max(1, took.toMillis())));
    }

    private void read(String where, LocalAws aws, GameId game, Path logs) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                READERS_MEMORY,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LogReading.class.getName(),
                aws.dynamoDb().toString(),
                aws.s3().toString(),
                Lab.STACK,
                aws.bucketName("LogArchive"),
                game.value());
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (Child reader = Child.Plan.of("reader", command, logs.resolve("reader.log"))
                .tellingLines(lines::add)
                .start()) {
            Instant limit = Instant.now().plus(READING_LIMIT);
            while (reader.isAlive() && Instant.now().isBefore(limit)) {
                Clock.system().pause(Duration.ofMillis(50));
            }
        }
        String last = lines.stream()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the reader failed: " + String.join("\n", lines)));
        ObjectNode told = Json.object().put("measured", "read " + where).put("memory", READERS_MEMORY);
        told.setAll(Json.parse(last));
        tell(told);
    }

    private void tell(ObjectNode measured) {
        String what = measured.remove("measured").asText();
        printed.report().table(what, List.of(measured));
    }
}
