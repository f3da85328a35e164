package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.DynamoBlobs;
import dev.berth.model.Blob;
import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Commit;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The writes without a lease, while others write and answers are lost. */
@Tag("aws")
@ResourceLock(LocalStore.ALONE)
@ExtendWith(LocalStore.Provided.class)
final class TouchFaultsIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Instant AT = Samples.AT;

    private final SpoiltAnswers spoilt = new SpoiltAnswers();
    private final DynamoDbClient dynamo;
    private final StorePorts good;
    private final StorePorts bad;
    private final DynamoBlobs badBlobs;
    private final DynamoBlobs goodBlobs;
    private final GameId game = Samples.game();

    TouchFaultsIT(LocalStore store) {
        dynamo = spoilt.client(store.endpoint());
        good = store.ports();
        bad = store.ports(dynamo);
        badBlobs = new DynamoBlobs(dynamo, store.tables);
        goodBlobs = new DynamoBlobs(store.dynamo, store.tables);
    }

    @AfterEach
    void close() {
        dynamo.close();
    }

    private void commit(boolean running, RuntimeSpec spec, Optional<Instant> dueAt) {
        Lease lease = ((Acquisition.Held) good.games().acquire(game, "never finished", MINUTE)).lease();
        RuntimeRecord record = running ? Samples.running(new HostId("host-1"), lease.fence()) : Samples.failed();
        OperationEntry entry = Samples.entry(
                game, good.games().find(game).orElseThrow().head(), lease.fence(), record, Optional.empty());
        good.games()
                .commit(
                        lease,
                        new Commit(
                                Optional.of(entry),
                                Optional.of(record),
                                Optional.of(spec),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                false,
                                Optional.empty(),
                                dueAt));
    }

    private Optional<Instant> due() {
        return good.games().find(game).orElseThrow().dueAt();
    }

    @Test
    void aGameThatIsStoppedWhileItIsTouchedStaysDueForItsCleanup() {
        commit(true, Samples.spec(IDLE), Optional.of(AT.plus(IDLE)));
        spoilt.beforeTheNextWrite(() -> commit(false, Samples.spec(IDLE), Optional.of(AT.plusSeconds(7))));

        assertThat(bad.games().touch(game, AT.plusSeconds(60))).isFalse();

        assertThat(due()).contains(AT.plusSeconds(7));
    }

    @Test
    void aGameThatIsStartedAnewWhileItIsTouchedIsDueByItsNewSpec() {
        commit(true, Samples.spec(IDLE), Optional.of(AT.plus(IDLE)));
        Duration longer = IDLE.multipliedBy(3);
        spoilt.beforeTheNextWrite(() -> commit(true, Samples.spec(longer), Optional.of(AT.plus(longer))));

        assertThat(bad.games().touch(game, AT.plusSeconds(60))).isTrue();

        assertThat(due()).contains(AT.plusSeconds(60).plus(longer));
    }

    @Test
    void aGameThatMayBeIdleFromNowOnIsNoLongerDue() {
        commit(true, Samples.spec(IDLE), Optional.of(AT.plus(IDLE)));
        spoilt.beforeTheNextWrite(() -> commit(true, Samples.spec(Map.of()), Optional.empty()));

        assertThat(bad.games().touch(game, AT.plusSeconds(60))).isTrue();

        assertThat(due()).isEmpty();
    }

    @Test
    void aLaterTouchThatComesFirstWins() {
        commit(true, Samples.spec(IDLE), Optional.of(AT.plus(IDLE)));
        spoilt.beforeTheNextWrite(() -> good.games().touch(game, AT.plusSeconds(90)));

        assertThat(bad.games().touch(game, AT.plusSeconds(60))).isTrue();

        assertThat(due()).contains(AT.plusSeconds(90).plus(IDLE));
    }

    @Test
    void anEarlierTouchThatComesFirstDoesNotKeepALaterOneOut() {
        commit(true, Samples.spec(IDLE), Optional.of(AT.plus(IDLE)));
        spoilt.beforeTheNextWrite(() -> good.games().touch(game, AT.plusSeconds(30)));

        assertThat(bad.games().touch(game, AT.plusSeconds(60))).isTrue();

        assertThat(due()).contains(AT.plusSeconds(60).plus(IDLE));
    }

    @Test
    void aTouchWhoseAnswerWasLostOnceIsDone() {
        commit(true, Samples.spec(IDLE), Optional.of(AT.plus(IDLE)));
        spoilt.loseAnswers(1);

        assertThat(bad.games().touch(game, AT.plusSeconds(60))).isTrue();

        assertThat(spoilt.lost()).isEqualTo(1);
        assertThat(due()).contains(AT.plusSeconds(60).plus(IDLE));
    }

    // --- contents of files ---

    @Test
    void aContentWhoseAnswerWasLostOnceIsKept() {
        Blob blob = new Blob(Samples.unique("content").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        spoilt.loseAnswers(1);

        badBlobs.keep(List.of(blob));

        assertThat(spoilt.lost()).isEqualTo(1);
        assertThat(goodBlobs.read(blob.sha256())).isEqualTo(blob);
    }

    @Test
    void contentsAreUnavailableWhereTheStoreIs() {
        Blob blob = new Blob(new byte[] {1});
        spoilt.refuseAll(SdkClientException.create("no connection"));

        StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, () -> badBlobs.keep(List.of(blob)));
        StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, () -> badBlobs.read(blob.sha256()));
    }
}
