package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.OperationEntry;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import dev.berth.wire.EntryJson;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What DynamoDB does on a bad day, put between the adapter and the real tables. */
@Tag("aws")
@ResourceLock(LocalStore.ALONE)
@ExtendWith(LocalStore.Provided.class)
final class StoreFaultsIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SpoiltAnswers spoilt = new SpoiltAnswers();
    private final DynamoDbClient dynamo;
    private final StorePorts good;
    private final StorePorts bad;
    private final GameId game = Samples.game();
    private final Host host = Samples.host(HostState.ACTIVE);
    private final FinishedJob job = Samples.finished(game, Optional.empty());
    private final Placement place = new Placement(host.id(), Samples.AMOUNT);

    private final LocalStore store;

    StoreFaultsIT(LocalStore store) {
        this.store = store;
        dynamo = spoilt.client(store.endpoint());
        good = store.ports();
        bad = store.ports(dynamo);
        good.hosts().register(host);
    }

    @AfterEach
    void close() {
        dynamo.close();
    }

    private Lease held() {
        return ((Acquisition.Held) good.games().acquire(game, "never finished", MINUTE)).lease();
    }

    private Opening open(StorePorts ports, Lease lease) {
        return ports.games()
                .open(
                        lease,
                        Samples.deployment("state"),
                        job.key(),
                        Optional.of(new Reservation(host, Samples.AMOUNT)),
                        MINUTE);
    }

    private boolean commit(StorePorts ports, Lease lease, OperationEntry entry, RuntimeRecord record) {
        return ports.games().commit(lease, StoreContract.commit(entry, record, Optional.of(job), place));
    }

    private OperationEntry entry(Lease lease, RuntimeRecord record) {
        return Samples.entry(
                game, good.games().find(game).orElseThrow().head(), lease.fence(), record, Optional.empty());
    }

    private Capacity reserved() {
        good.clock().pause(Duration.ofSeconds(6));
        return good.hosts().find(host.id()).orElseThrow().reserved();
    }

    // --- throttled, or down ---

    static Stream<Consumer<StorePorts>> requests() {
        GameId game = Samples.game();
        Lease lease = new Lease(game, new Fence(1), "me", Samples.AT);
        return Stream.of(
                ports -> ports.games().acquire(game, "job", MINUTE),
                ports -> ports.games().find(game),
                ports -> ports.games().list(10),
                ports -> ports.games().finished("job"),
                ports -> ports.games().requestStop(game, Samples.AT),
                ports -> ports.games().touch(game, Samples.AT),
                ports -> ports.games().boundTo(new HostId("host-1"), 10),
                ports -> ports.games().due(Samples.AT, 10),
                ports -> ports.games().raise(lease, new Fence(7)),
                ports -> ports.games().save(lease, Samples.deployment("state"), MINUTE),
                ports -> ports.games().release(lease, Optional.empty()),
                ports -> ports.games().open(lease, Samples.deployment("state"), "job", Optional.empty(), MINUTE),
                ports -> ports.games().commit(lease, StoreContract.mark(Samples.finished(game, Optional.empty()))),
                ports -> ports.hosts().all(),
                ports -> ports.hosts().read(new HostId("host-1")),
                ports -> ports.hosts().register(Samples.host(HostState.ACTIVE)),
                ports -> ports.hosts().change(Samples.host(HostState.ACTIVE), HostState.LOST, HostNotes.NONE),
                ports -> ports.hosts().remove(Samples.host(HostState.ACTIVE)),
                ports -> ports.log().read(game, 0, 10));
    }

    @ParameterizedTest(name = "request {index}")
    @MethodSource("requests")
    void aStoreThatRefusesEveryRequestIsUnavailable(Consumer<StorePorts> request) {
        Stream.of(
                        answer(
                                ProvisionedThroughputExceededException.builder(),
                                "ProvisionedThroughputExceededException",
                                400),
                        answer(RequestLimitExceededException.builder(), "RequestLimitExceeded", 400),
                        answer(ThrottlingException.builder(), "ThrottlingException", 400),
                        answer(TransactionInProgressException.builder(), "TransactionInProgressException", 400),
                        answer(InternalServerErrorException.builder(), "InternalServerError", 500),
                        SdkClientException.create("no connection"))
                .forEach(refusal -> {
                    spoilt.refuseAll(refusal);
                    StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, () -> request.accept(bad));
                });
    }

    /** As the client library makes them of answers. */
    private static RuntimeException answer(AwsServiceException.Builder failure, String code, int status) {
        return failure.statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    // --- transactions that meet others ---

    private static TransactionCanceledException conflict() {
        return TransactionCanceledException.builder()
                .message("conflict")
                .cancellationReasons(
                        CancellationReason.builder().code("None").build(),
                        CancellationReason.builder().code("TransactionConflict").build(),
                        CancellationReason.builder().code("None").build())
                .build();
    }

    @Test
    void aTransactionThatMeetsAnotherOneIsTriedAgain() {
        Lease lease = held();
        spoilt.refuse(3, conflict());
        Opening opening = open(bad, lease);
        assertThat(opening).isInstanceOf(Opening.Opened.class);

        RuntimeRecord record = Samples.failed();
        spoilt.refuse(3, conflict());
        assertThat(commit(bad, ((Opening.Opened) opening).lease(), entry(lease, record), record))
                .isTrue();

        assertThat(reserved()).isEqualTo(Capacity.NONE);
        assertThat(good.log().read(game, 0, 10)).hasSize(1);
    }

    @Test
    void aTransactionThatAlwaysMeetsAnotherOneIsGivenUp() {
        Lease lease = held();
        RuntimeRecord record = Samples.failed();
        OperationEntry entry = entry(lease, record);
        spoilt.refuseAll(conflict());

        StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, () -> open(bad, lease));
        StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, () -> commit(bad, lease, entry, record));

        assertThat(good.games().find(game).orElseThrow().deployment()).isEmpty();
        assertThat(reserved()).isEqualTo(Capacity.NONE);
    }

    // --- answers that are lost ---

    @Test
    void anOpeningWhoseAnswerWasLostOnceReservesOnce() {
        Lease lease = held();
        spoilt.loseAnswers(1);

        assertThat(open(bad, lease)).isInstanceOf(Opening.Opened.class);

        assertThat(spoilt.lost()).isEqualTo(1);
        assertThat(reserved()).isEqualTo(StoreContract.capacity(1));
    }

    @Test
    void aCommitWhoseAnswerWasLostOnceIsDoneOnce() {
        Lease lease = ((Opening.Opened) open(good, held())).lease();
        RuntimeRecord record = Samples.failed();
        OperationEntry entry = entry(lease, record);
        spoilt.loseAnswers(1);

        assertThat(commit(bad, lease, entry, record)).isTrue();

        assertThat(spoilt.lost()).isEqualTo(1);
        assertThat(good.log().read(game, 0, 10)).containsExactly(EntryJson.logged(entry));
        assertThat(reserved()).isEqualTo(Capacity.NONE);
    }

    @Test
    void ofACommitWhoseAnswerNeverCameTheNextAttemptFindsTheResult() {
        Lease lease = ((Opening.Opened) open(good, held())).lease();
        RuntimeRecord record = Samples.failed();
        OperationEntry entry = entry(lease, record);
        spoilt.loseAnswers(Integer.MAX_VALUE);

        StoreContract.assertFails(ErrorCode.STORE_UNAVAILABLE, () -> commit(bad, lease, entry, record));

        assertThat(good.games().acquire(game, job.key(), MINUTE)).isEqualTo(new Acquisition.Finished(job));
        assertThat(good.log().read(game, 0, 10)).hasSize(1);
        assertThat(reserved()).isEqualTo(Capacity.NONE);
        StoreContract.assertFails(ErrorCode.LEASE_LOST, () -> commit(good, lease, entry, record));
    }

    @Test
    void aLeaseWhoseAnswerWasLostOnceIsHeld() {
        spoilt.loseAnswers(1);

        Acquisition acquisition = bad.games().acquire(game, "never finished", MINUTE);

        assertThat(spoilt.lost()).isEqualTo(1);
        Lease lease = StoreContract.assertHeld(acquisition).lease();
        assertThat(good.games().acquire(game, "never finished", MINUTE)).isEqualTo(new Acquisition.Busy(lease.until()));
        good.games().release(lease, Optional.empty());
    }

    @Test
    void aSaveWhoseAnswerWasLostOnceIsKept() {
        Lease lease = held();
        spoilt.loseAnswers(1);

        Lease kept =
                bad.games().save(lease, Samples.deployment("state"), MINUTE).lease();

        assertThat(spoilt.lost()).isEqualTo(1);
        assertThat(good.games().acquire(game, "never finished", MINUTE)).isEqualTo(new Acquisition.Busy(kept.until()));
    }

    @Test
    void aFenceThatWasRaisedWithoutAnAnswerIsRaisedOnce() {
        Lease lease = held();
        spoilt.loseAnswers(1);

        assertThat(bad.games().raise(lease, new Fence(41)).fence()).isEqualTo(new Fence(42));

        assertThat(spoilt.lost()).isEqualTo(1);
    }

    @Test
    void aHostThatWasChangedWithoutAnAnswerIsChangedOnce() {
        HostNotes notes = HostNotes.NONE.withGivenUp(true).withSilentSince(Optional.of(Samples.AT));
        spoilt.loseAnswers(1);

        assertThat(bad.hosts().change(host, HostState.LOST, notes)).isTrue();

        assertThat(spoilt.lost()).isEqualTo(1);
        Host changed = good.hosts().read(host.id()).orElseThrow();
        assertThat(changed.state()).isEqualTo(HostState.LOST);
        assertThat(changed.notes().version()).isEqualTo(1);
    }

    @Test
    void aHostThatWasRemovedWithoutAnAnswerIsRemoved() {
        spoilt.loseAnswers(1);

        assertThat(bad.hosts().remove(host)).isTrue();

        assertThat(spoilt.lost()).isEqualTo(1);
        assertThat(good.hosts().read(host.id())).isEmpty();
    }

    @Test
    void aQueryThatIsLateIsNotTakenForALogThatIsCut() {
        Lease lease = held();
        RuntimeRecord record = Samples.failed();
        good.games().commit(lease, StoreContract.commit(entry(lease, record), record, Optional.empty()));

        spoilt.delayQueries();
        Acquisition late = bad.games().acquire(game, "never finished", MINUTE);

        assertThat(late).isInstanceOfSatisfying(Acquisition.Held.class, held -> {
            assertThat(held.game().known()).isTrue();
            assertThat(held.fitsItsLog()).isTrue();
        });
    }

    /** A sandbox is frozen once its jobs are answered. */
    @Test
    void nothingIsUnderWayAnyMoreWhenAJobIsFoundToHaveBeenDone() {
        Lease lease = ((Opening.Opened) open(good, held())).lease();
        RuntimeRecord record = Samples.failed();
        commit(good, lease, entry(lease, record), record);
        UnderWay slow = new UnderWay();
        try (DynamoDbClient client = SpoiltAnswers.watched(store.endpoint(), slow)) {
            Acquisition acquisition = store.ports(client).games().acquire(game, job.key(), MINUTE);

            assertThat(acquisition).isEqualTo(new Acquisition.Finished(job));
            // Its claim, its game, the end of its log, and the lease given back.
            assertThat(slow.begun()).isEqualTo(4);
            assertThat(slow.ended()).isEqualTo(4);
        }
    }
}
