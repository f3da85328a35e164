package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.DynamoBlobs;
import dev.berth.model.Blob;
import dev.berth.model.FileSpec;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.port.Commit;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The contracts on DynamoDB, and what only its items show. */
@Tag("aws")
@ResourceLock(LocalStore.ALONE)
@ExtendWith(LocalStore.Provided.class)
final class DynamoStoreIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LocalStore store;
    private final GameId game = Samples.game();

    DynamoStoreIT(LocalStore store) {
        this.store = store;
    }

    @Nested
    final class Leases extends LeaseContract {
        Leases() {
            super(store.ports());
        }
    }

    @Nested
    final class LostLeases extends LostLeaseContract {
        LostLeases() {
            super(store.ports());
        }
    }

    @Nested
    final class Openings extends OpeningContract {
        Openings() {
            super(store.ports());
        }
    }

    @Nested
    final class Commits extends CommitContract {
        Commits() {
            super(store.ports());
        }
    }

    @Nested
    final class InnerCommits extends InnerCommitContract {
        InnerCommits() {
            super(store.ports());
        }
    }

    @Nested
    final class Touches extends TouchContract {
        Touches() {
            super(store.ports());
        }
    }

    @Nested
    final class Fences extends FenceContract {
        Fences() {
            super(store.ports());
        }
    }

    @Nested
    final class BoundGames extends BoundGamesContract {
        BoundGames() {
            super(store.ports());
        }
    }

    @Nested
    final class DueGames extends DueGamesContract {
        DueGames() {
            super(store.ports());
        }
    }

    @Nested
    final class Contents extends BlobsContract {
        Contents() {
            super(new DynamoBlobs(store.dynamo, store.tables));
        }
    }

    @Nested
    final class Logs extends LogContract {
        Logs() {
            super(store.ports());
        }
    }

    @Nested
    final class Pruning extends PruningContract {
        Pruning() {
            super(store.ports());
        }
    }

    @Nested
    final class HostRegistry extends HostsContract {
        HostRegistry() {
            super(store.ports());
        }
    }

    @Nested
    final class HostChanges extends HostChangesContract {
        HostChanges() {
            super(store.ports());
        }
    }

    private Map<String, AttributeValue> item() {
        return store.dynamo
                .getItem(get -> get.tableName(store.tables.games())
                        .key(Map.of("game_id", AttributeValue.fromS(game.value())))
                        .consistentRead(true))
                .item();
    }

    private static Lease held(StorePorts ports, GameId game) {
        return ((Acquisition.Held) ports.games().acquire(game, "never finished", MINUTE)).lease();
    }

    @Test
    void theMarkOfAGameThatIsNotKnownExpiresAndAnOpeningEndsThat() {
        StorePorts ports = store.ports();
        ports.games().commit(held(ports, game), StoreContract.mark(Samples.finished(game, Optional.empty())));

        String expiry =
                Long.toString(ports.clock().now().plus(Limits.KEEP_RESULTS).getEpochSecond());
        assertThat(item()).containsEntry("expires_at", AttributeValue.fromN(expiry));

        ports.games().open(held(ports, game), Samples.deployment("state"), "never finished", Optional.empty(), MINUTE);
        assertThat(item()).doesNotContainKey("expires_at");
    }

    @Test
    void soDoesACommitByWhichTheGameIsKnown() {
        StorePorts ports = store.ports();
        ports.games().commit(held(ports, game), StoreContract.mark(Samples.finished(game, Optional.empty())));

        Lease lease = held(ports, game);
        RuntimeRecord record = Samples.failed();
        OperationEntry entry = Samples.entry(game, LogHead.EMPTY, lease.fence(), record, Optional.empty());
        ports.games().commit(lease, StoreContract.commit(entry, record, Optional.empty()));

        assertThat(item()).doesNotContainKey("expires_at");
    }

    @Test
    void aFinishedJobExpires() {
        StorePorts ports = store.ports();
        var job = Samples.finished(game, Optional.empty());
        ports.games().commit(held(ports, game), StoreContract.mark(job));

        var item = store.dynamo
                .getItem(get ->
                        get.tableName(store.tables.jobs()).key(Map.of("job_id", AttributeValue.fromS(job.key()))))
                .item();
        String expiry =
                Long.toString(ports.clock().now().plus(Limits.KEEP_RESULTS).getEpochSecond());
        assertThat(item).containsEntry("expires_at", AttributeValue.fromN(expiry));
    }

    @Test
    void aFreeGamesItemHoldsNothingOfALease() {
        StorePorts ports = store.ports();
        ports.games().release(held(ports, game), Optional.empty());

        assertThat(item()).containsOnlyKeys("game_id", "fence");
    }

    @Test
    void aGameThatIsNeverDueAndOfWhichNothingIsOpenIsInNoIndexOfTimes() {
        StorePorts ports = store.ports();
        Lease lease = held(ports, game);
        var opened = (Opening.Opened)
                ports.games().open(lease, Samples.deployment("state"), "never finished", Optional.empty(), MINUTE);
        String until = Long.toString(opened.lease().until().toEpochMilli());
        assertThat(item()).containsEntry("recover_at", AttributeValue.fromN(until));

        Lease extended = ports.games()
                .save(opened.lease(), Samples.deployment("state"), MINUTE.multipliedBy(2))
                .lease();
        assertThat(item()).containsEntry("recover_at", AttributeValue.fromN(until));

        ports.games().commit(extended, StoreContract.mark(Samples.finished(game, Optional.empty())));
        assertThat(item()).doesNotContainKeys("recover_at", "due_at");
    }

    @Test
    void anItemHoldsOfAFileNothingButItsHash() {
        StorePorts ports = store.ports();
        Lease lease = held(ports, game);
        RuntimeRecord record = Samples.failed();
        RuntimeSpec spec = Samples.spec(List.of(new FileSpec("/etc/motd", Sha256.hex("hello"), 5, 0644)));
        ports.games()
                .commit(
                        lease,
                        new Commit(
                                Optional.of(
                                        Samples.entry(game, LogHead.EMPTY, lease.fence(), record, Optional.empty())),
                                Optional.of(record),
                                Optional.of(spec),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                false,
                                Optional.empty(),
                                Optional.empty()));

        assertThat(item().get("spec").s())
                .contains("\"files\":[{\"path\":\"/etc/motd\",\"sha256\":\"" + Sha256.hex("hello")
                        + "\",\"size\":5,\"mode\":\"0644\"}]");
        assertThat(ports.games().find(game).orElseThrow().spec()).contains(spec);
    }

    @Test
    void aContentIsKeptAsBytesUnderItsHash() {
        Blob blob = new Blob(new byte[] {0, -1});
        new DynamoBlobs(store.dynamo, store.tables).keep(List.of(blob));

        var item = store.dynamo
                .getItem(get ->
                        get.tableName(store.tables.blobs()).key(Map.of("sha256", AttributeValue.fromS(blob.sha256()))))
                .item();
        assertThat(item)
                .containsOnlyKeys("sha256", "content")
                .containsEntry("content", AttributeValue.fromB(SdkBytes.fromByteArray(blob.bytes())));
    }
}
