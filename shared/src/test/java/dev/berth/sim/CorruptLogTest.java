package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.action.Deployment;
import dev.berth.model.Drift;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.SettleJob;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Operations;
import dev.berth.operation.Sweep;
import dev.berth.operation.Verdict;
import dev.berth.port.Commit;
import dev.berth.port.JobQueues;
import dev.berth.port.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A game whose log does not end where the game thinks is left alone, whoever comes. */
final class CorruptLogTest {
    private static final GameId GAME = Scenario.GAMES.getFirst();

    private final CalmWorld calm = new CalmWorld();
    private Optional<RuntimeRecord> record = Optional.empty();
    private int entries;
    private int engineAsked;
    private Instant begunAt = Instant.EPOCH;

    /** What somebody has done to the log, or to the item. */
    enum Wrong {
        LAST_ENTRY_REMOVED,
        HEAD_OF_ANOTHER_HASH,
        ITEM_OF_LONG_AGO
    }

    @BeforeEach
    void aGameThatRuns() {
        calm.perform(Jobs.start(GAME, "start-1", calm.clock.now()));
        calm.perform(Jobs.restart(GAME, "restart-1", calm.clock.now().plusSeconds(1)));
        calm.results.clear();
    }

    private GameRow row() {
        return calm.store.games().get(GAME);
    }

    private void corrupt(Wrong how) {
        switch (how) {
            case LAST_ENTRY_REMOVED -> row().changedRows.put(row().head.seq(), Optional.empty());
            case HEAD_OF_ANOTHER_HASH -> row().head = new LogHead(row().head.seq(), "f".repeat(64));
            case ITEM_OF_LONG_AGO ->
                row().head = new LogHead(1, row().log.get(1).prevHash());
        }
        record = row().record;
        entries = row().log.size();
        engineAsked = calm.engineAsked.get();
    }

    private void assertUntouched() {
        assertThat(row().record).isEqualTo(record);
        assertThat(row().log).hasSize(entries);
        assertThat(calm.engineAsked).hasValue(engineAsked);
        assertThat(row().owner).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aJobIsAnsweredAndNothingElseIsDone(Wrong how) {
        corrupt(how);

        Verdict verdict =
                calm.perform(Jobs.stop(GAME, "stop-1", calm.clock.now().plusSeconds(60)));

        assertThat(verdict).isInstanceOf(Verdict.Done.class);
        assertThat(calm.results).hasSize(1);
        JobResult result = calm.results.getFirst();
        assertThat(result.failure().map(Failure::code)).contains(ErrorCode.LOG_CORRUPT);
        assertThat(result.seq()).isEmpty();
        assertUntouched();
    }

    @Test
    void aJobThatHadBegunIsFinishedAndAnsweredOnceTheLogIsInOrder() {
        Deployment open = openRestart();
        corrupt(Wrong.LAST_ENTRY_REMOVED);
        Job begun = Jobs.restart(GAME, "restart-2", begunAt);

        assertThat(calm.perform(begun)).isInstanceOf(Verdict.GiveBack.class);
        assertThat(calm.results).isEmpty();
        assertThat(row().deployment).contains(open);

        row().changedRows.clear();
        assertThat(calm.perform(begun)).isInstanceOf(Verdict.Done.class);
        assertThat(calm.results)
                .singleElement()
                .satisfies(result -> assertThat(result.failure()).isEmpty());
        assertThat(row().deployment).isEmpty();
    }

    @Test
    void whatIsDueComesAgainLaterAsAnotherJob() {
        corrupt(Wrong.LAST_ENTRY_REMOVED);
        Request asked =
                Jobs.stop(GAME, "due-1", calm.clock.now().plusSeconds(60)).request();
        Request byItself = new Request(
                asked.job(),
                OpSource.AUTO_TTL,
                asked.sourceRef(),
                asked.requestedAt(),
                asked.deadline(),
                asked.contentHash());

        calm.perform(new StopJob(GAME, byItself, StopReason.IDLE, Optional.empty()));

        assertThat(row().dueAt)
                .hasValueSatisfying(due -> assertThat(due)
                        .isAfterOrEqualTo(
                                calm.clock.now().plus(Limits.DUE_AGAIN).minusSeconds(1)));
        assertUntouched();
    }

    @ParameterizedTest
    @EnumSource
    void theSweepLeavesOpenWhatIsOpen(Wrong how) {
        Deployment open = openRestart();
        corrupt(how);

        Sweep.Report report = new Sweep(calm.world, calm.operations, NOBODY, (tasks, _) -> tasks.forEach(Runnable::run))
                .run(Sweep.Task.DUE, calm.delivery());

        assertThat(report.open()).isEqualTo(1);
        assertThat(report.recovered()).isZero();
        assertThat(row().deployment).contains(open);
        assertThat(calm.results).isEmpty();
        assertUntouched();
    }

    /** As an attempt leaves it that dies when it has just begun. */
    private Deployment openRestart() {
        Operations dying = new Operations(calm.world.with(new OtherGames(calm.games) {
            @Override
            public Kept save(Lease lease, Deployment deployment, Duration duration) {
                throw new OperationFailed(ErrorCode.LEASE_LOST, "dead");
            }

            @Override
            public boolean commit(Lease lease, Commit commit) {
                throw new OperationFailed(ErrorCode.LEASE_LOST, "dead");
            }
        }));
        begunAt = calm.clock.now().plusSeconds(2);
        dying.perform(Jobs.restart(GAME, "restart-2", begunAt), calm.delivery());
        calm.clock.pause(Duration.ofMinutes(6));
        return row().deployment.orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void whatReconcileWouldSettleStaysAsItIs(Wrong how) {
        corrupt(how);
        Request request = Jobs.stop(GAME, "settle-1", calm.clock.now()).request();

        Verdict verdict = calm.perform(new SettleJob(GAME, request, calm.host.id(), Drift.MISSING));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.GiveBack.class,
                        back -> assertThat(back.why().code()).isEqualTo(ErrorCode.LOG_CORRUPT));
        assertThat(calm.results).isEmpty();
        assertUntouched();
    }

    /** Nothing is sent by what is tested here. */
    private static final JobQueues NOBODY = new JobQueues() {
        @Override
        public void send(List<Job> jobs, Optional<TraceHeader> trace) {
            assertThat(jobs).isEmpty();
        }

        @Override
        public void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace) {
            assertThat(jobs).isEmpty();
        }
    };
}
