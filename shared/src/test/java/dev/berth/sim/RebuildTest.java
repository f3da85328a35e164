package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.ledger.Ledger;
import dev.berth.ledger.Rebuild;
import dev.berth.ledger.Rebuilt;
import dev.berth.ledger.Verifier;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Limits;
import dev.berth.model.LogHead;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.RuntimeStatus;
import dev.berth.wire.EntryJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A game whose item is lost, or is as it was long ago, becomes again what its log says. */
final class RebuildTest {
    private static final GameId GAME = Scenario.GAMES.getFirst();

    private final CalmWorld calm = new CalmWorld();
    private final ModelArchive archive = new ModelArchive(new BucketModel(), new DirectLine(new Scheduler()));
    private final Ledger ledger = new Ledger(calm.log, archive);
    private final Rebuild rebuild = new Rebuild(calm.games, ledger, calm.clock);
    private LogHead afterStart = LogHead.EMPTY;
    private Optional<RuntimeRecord> startedRecord = Optional.empty();

    @BeforeEach
    void aGameThatRunsAfterARestart() {
        calm.perform(Jobs.start(GAME, "start-1", calm.clock.now()));
        afterStart = row().head;
        startedRecord = row().record;
        calm.perform(Jobs.restart(GAME, "restart-1", calm.clock.now().plusSeconds(1)));
        assertThat(calm.results).allMatch(result -> result.outcome() == Outcome.SUCCESS);
    }

    private GameRow row() {
        return calm.store.games().get(GAME);
    }

    private void loseTheItem() {
        row().fence = new Fence(0);
        row().record = Optional.empty();
        row().spec = Optional.empty();
        row().head = LogHead.EMPTY;
        row().lastRequestedAt = Optional.empty();
        row().dueAt = Optional.empty();
    }

    private void assertRefused(ErrorCode code, Optional<RuntimeSpec> spec) {
        int before = row().log.size();
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> rebuild.rebuild(GAME, spec))
                .satisfies(
                        refused -> assertThat(refused.code()).as(refused.text()).isEqualTo(code));
        assertThat(row().log).hasSize(before);
    }

    @Test
    void aLostItemBecomesWhatTheLogSays() {
        Optional<RuntimeRecord> record = row().record;
        Optional<RuntimeSpec> spec = row().spec;
        LogHead end = row().head;
        long highest = row().log.getLast().fence().value();
        List<Host> hosts = calm.store.hosts();
        loseTheItem();

        Rebuilt rebuilt = rebuild.rebuild(GAME, spec);

        assertThat(row().record).isEqualTo(record).isEqualTo(rebuilt.record());
        assertThat(row().spec).isEqualTo(spec);
        assertThat(row().fence.value()).isGreaterThan(highest + 1_000);
        assertThat(row().owner).isEmpty();
        assertThat(row().lastRequestedAt).isPresent();
        assertThat(calm.store.hosts()).isEqualTo(hosts);
        OperationEntry entry = row().log.getLast();
        assertThat(entry.seq()).isEqualTo(end.seq() + 1).isEqualTo(rebuilt.seq());
        assertThat(entry.prevHash()).isEqualTo(end.hash());
        assertThat(entry.kind()).isEqualTo(OpKind.RECONCILE_ADOPT);
        assertThat(entry.source()).isEqualTo(OpSource.ADMIN_REST);
        assertThat(entry.sourceRef()).contains("rebuild");
        assertThat(entry.effect()).isEqualTo(Effect.OBSERVED);
        assertThat(entry.job().value()).isEqualTo("rebuild." + GAME + "." + entry.seq());
        assertThat(new Verifier(ledger, calm.games).full(GAME).problem()).isEmpty();
    }

    @Test
    void jobsGoOnAsUsualAfterwards() {
        Optional<RuntimeSpec> spec = row().spec;
        loseTheItem();
        rebuild.rebuild(GAME, spec);

        calm.perform(Jobs.restart(GAME, "restart-2", calm.clock.now().plusSeconds(60)));
        calm.perform(Jobs.stop(GAME, "stop-1", calm.clock.now().plusSeconds(120)));

        assertThat(calm.results).allMatch(result -> result.outcome() == Outcome.SUCCESS);
        assertThat(row().record.map(RuntimeRecord::status)).contains(RuntimeStatus.STOPPED);
        assertThat(new Verifier(ledger, calm.games).full(GAME).problem()).isEmpty();
    }

    @Test
    void anItemThatIsAsItWasLongAgoKeepsItsSpec() {
        Optional<RuntimeRecord> record = row().record;
        Optional<RuntimeSpec> spec = row().spec;
        row().head = afterStart;
        row().record = startedRecord;
        row().fence = new Fence(1);

        rebuild.rebuild(GAME, Optional.empty());

        assertThat(row().record).isEqualTo(record);
        assertThat(row().spec).isEqualTo(spec);
        assertThat(new Verifier(ledger, calm.games).full(GAME).problem()).isEmpty();
    }

    @Test
    void aSpecThatIsNotTheRecordsIsRefused() {
        loseTheItem();

        assertRefused(ErrorCode.INVALID_REQUEST, Optional.of(Jobs.served(true)));
        assertThat(row().record).isEmpty();
    }

    @Test
    void aSpecOfLongAgoThatTheItemHasIsDropped() {
        loseTheItem();
        row().spec = Optional.of(Jobs.served(true));

        rebuild.rebuild(GAME, Optional.empty());

        assertThat(row().record).isPresent();
        assertThat(row().spec).isEmpty();
    }

    @Test
    void whoeverMayBeAtTheGameYetIsWaitedFor() {
        loseTheItem();
        Instant before = calm.clock.now();

        rebuild.rebuild(GAME, Optional.empty());

        assertThat(calm.clock.now()).isAfterOrEqualTo(before.plus(Limits.LEASE));
    }

    @Test
    void whereAllFitsThereIsNothingToRebuild() {
        assertRefused(ErrorCode.CONFLICT, Optional.empty());
        assertThat(row().owner).isEmpty();
    }

    @Test
    void aRecordThatSomebodyChangedBecomesWhatTheLogSays() {
        Optional<RuntimeRecord> record = row().record;
        row().record = record.map(RuntimeRecord::toBeStopped);

        rebuild.rebuild(GAME, Optional.empty());

        assertThat(row().record).isEqualTo(record);
    }

    @Test
    void aLogThatIsNotInOrderIsRefused() {
        row().changedRows.put(2L, Optional.empty());
        loseTheItem();

        assertRefused(ErrorCode.LOG_CORRUPT, Optional.empty());
    }

    @Test
    void aHeadThatIsNoPartOfTheLogIsRefused() {
        row().head = new LogHead(2, "f".repeat(64));
        assertRefused(ErrorCode.LOG_CORRUPT, Optional.empty());

        row().head = new LogHead(99, row().head.hash());
        assertRefused(ErrorCode.LOG_CORRUPT, Optional.empty());
    }

    @Test
    void anEntryThatNobodyCanReadIsNoBaseForARecord() {
        OperationEntry last = row().log.getLast();
        var json = EntryJson.write(last).put("version", 2);
        row().changedRows
                .put(
                        last.seq(),
                        Optional.of(EntryJson.logged(
                                json.put("hash", EntryJson.logged(json).computed()))));
        loseTheItem();

        assertRefused(ErrorCode.CONFLICT, Optional.empty());
    }

    @Test
    void aGameThatIsHeldIsLeftToWhoHoldsIt() {
        loseTheItem();
        row().owner = Optional.of("somebody");
        row().leaseUntil = Instant.MAX;

        assertRefused(ErrorCode.LEASE_HELD, Optional.empty());
    }

    @Test
    void aGameWithoutALogIsNotFound() {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> rebuild.rebuild(new GameId("nobody-knows-it"), Optional.empty()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(calm.store.games()).containsOnlyKeys(GAME);
    }
}
