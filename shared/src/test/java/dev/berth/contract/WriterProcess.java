package dev.berth.contract;

import dev.berth.aws.DynamoGames;
import dev.berth.aws.Tables;
import dev.berth.local.aws.LocalClients;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import dev.berth.wire.EntryJson;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * A program that writes entries into the log of a game, as long as it is told to, in competition with others. Its leases
 * are short and it dawdles, so that it is often overtaken. It prints the
 * hash of each entry that was written.
 */
final class WriterProcess {
    private static final Duration LEASE = Duration.ofMillis(60);
    private static final int DAWDLES_MILLIS = 90;

    private final Games games;
    private final GameId game;
    private final Random random;

    private WriterProcess(Games games, GameId game, long seed) {
        this.games = games;
        this.game = game;
        this.random = new Random(seed);
    }

    /** @param arguments endpoint of DynamoDB, name of the stack, game, seed, how many entries */
    public static void main(String[] arguments) {
        WriterProcess writer = new WriterProcess(
                new DynamoGames(
                        LocalClients.dynamoDb(URI.create(arguments[0])), Tables.of(arguments[1]), Clock.system()),
                new GameId(arguments[2]),
                Long.parseLong(arguments[3]));
        int entries = Integer.parseInt(arguments[4]);
        for (int written = 0; written < entries; ) {
            Optional<OperationEntry> entry = writer.write();
            if (entry.isPresent()) {
                System.out.println("wrote " + EntryJson.hash(entry.get()));
                written++;
            }
        }
    }

    /** Empty if somebody else holds the game, or has taken it over meanwhile. */
    private Optional<OperationEntry> write() {
        if (!(games.acquire(game, "never finished", LEASE) instanceof Acquisition.Held held)) {
            Clock.system().pause(Duration.ofMillis(random.nextInt(20)));
            return Optional.empty();
        }
        try {
            if (!held.fitsItsLog()) {
                // Only who has lost the lease meanwhile may see that.
                games.release(held.lease(), Optional.empty());
                throw new IllegalStateException("a fork: " + held.game().head() + " and " + held.endOfLog());
            }
            Clock.system().pause(Duration.ofMillis(random.nextInt(DAWDLES_MILLIS)));
            RuntimeRecord record = Samples.failed();
            OperationEntry entry =
                    Samples.entry(game, held.game().head(), held.lease().fence(), record, Optional.empty());
            games.commit(held.lease(), StoreContract.commit(entry, record, Optional.empty()));
            return Optional.of(entry);
        } catch (OperationFailed overtaken) {
            if (overtaken.code() != ErrorCode.LEASE_LOST) {
                throw overtaken;
            }
            System.out.println("overtaken");
            return Optional.empty();
        }
    }
}
