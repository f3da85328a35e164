package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.aws.DynamoGames;
import dev.berth.aws.DynamoOperationLog;
import dev.berth.aws.S3Archive;
import dev.berth.aws.Tables;
import dev.berth.ledger.Ledger;
import dev.berth.ledger.Replay;
import dev.berth.ledger.Replayed;
import dev.berth.ledger.Verification;
import dev.berth.ledger.Verifier;
import dev.berth.local.aws.LocalClients;
import dev.berth.model.GameId;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A program that verifies and replays the log of a game, and prints how long that took as a line of JSON. It is a
 * process of its own, so that the memory that it gets is all that the reading needs.
 */
final class LogReading {
    private LogReading() {}

    /** @param arguments endpoint of DynamoDB, endpoint of S3, stack, bucket, game */
    public static void main(String[] arguments) {
        Tables tables = Tables.of(arguments[2]);
        GameId game = new GameId(arguments[4]);
        try (var dynamo = LocalClients.dynamoDb(URI.create(arguments[0]));
                var s3 = LocalClients.s3(URI.create(arguments[1]))) {
            Games games = new DynamoGames(dynamo, tables, Clock.system());
            Ledger ledger = new Ledger(new DynamoOperationLog(dynamo, tables), new S3Archive(s3, arguments[3]));
            // The first calls load classes and open connections, which is not what is measured.
            new Replay(ledger).end(game);

            Instant began = Instant.now();
            Verification all = new Verifier(ledger, games).full(game);
            Duration verified = since(began);

            began = Instant.now();
            Verification latest = new Verifier(ledger, games).sinceCheckpoint(game);
            Duration verifiedLatest = since(began);

            began = Instant.now();
            Replayed end = new Replay(ledger).end(game);
            Duration replayed = since(began);

            if (!all.holds() || !latest.holds() || !end.isCertain()) {
                throw new IllegalStateException("the log does not hold: " + all.problem() + latest.problem());
            }
            System.out.println(Json.write(line(all, verified, latest, verifiedLatest, end, replayed)));
        }
    }

    private static Duration since(Instant began) {
        return Duration.between(began, Instant.now());
    }

    private static ObjectNode line(
            Verification all,
            Duration verified,
            Verification latest,
            Duration verifiedLatest,
            Replayed end,
            Duration replayed) {
        return Json.object()
                .put("entries", all.entries())
                .put("archived", all.archived())
                .put("verify_millis", verified.toMillis())
                .put("new_entries", latest.read())
                .put("verify_new_millis", verifiedLatest.toMillis())
                .put("replayed_entries", end.read())
                .put("replay_millis", replayed.toMillis());
    }
}
