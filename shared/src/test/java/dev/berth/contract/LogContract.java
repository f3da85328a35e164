package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Lease;
import dev.berth.port.OperationLog;
import dev.berth.wire.EntryJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reading the operation log, with all that an entry can hold. */
public abstract class LogContract extends StoreContract {
    protected LogContract(StorePorts ports) {
        super(ports);
    }

    private List<OperationEntry> read(long afterSeq, int limit) {
        return log.read(game, afterSeq, limit).stream()
                .flatMap(logged -> logged.entry().stream())
                .toList();
    }

    @Test
    void itIsReadInPagesInOrder() {
        List<OperationEntry> entries = written(12);

        assertThat(read(0, 5)).isEqualTo(entries.subList(0, 5));
        assertThat(read(5, 5)).isEqualTo(entries.subList(5, 10));
        assertThat(read(10, 5)).isEqualTo(entries.subList(10, 12));
        assertThat(read(12, 5)).isEmpty();
        assertThat(read(0, 1)).isEqualTo(entries.subList(0, 1));
        assertThat(read(0, 1000)).isEqualTo(entries);
    }

    @Test
    void eachEntryIsChainedToTheOneBeforeAndTheLastOneIsTheGamesHead() {
        written(3);

        String before = LogHead.GENESIS;
        for (LoggedEntry logged : log.read(game, 0, 10)) {
            assertThat(logged.prevHash()).isEqualTo(before);
            assertThat(logged.isWhole()).isTrue();
            assertThat(logged.hash()).isEqualTo(EntryJson.hash(logged.entry().orElseThrow()));
            before = logged.hash();
        }
        assertThat(found().head()).isEqualTo(new LogHead(3, before));
    }

    @Test
    void anEntryIsFoundByItsPlace() {
        List<OperationEntry> entries = written(2);

        assertThat(log.find(new OperationLog.Key(game, 2))).contains(EntryJson.logged(entries.getLast()));
        assertThat(log.find(new OperationLog.Key(game, 3))).isEmpty();
        assertThat(log.find(new OperationLog.Key(Samples.game(), 1))).isEmpty();
    }

    @Test
    void ofAGameThatIsNotKnownItIsEmpty() {
        assertThat(log.read(game, 0, 10)).isEmpty();
    }

    @Test
    void itsNewestEntryIsItsEnd() {
        assertThat(log.newest(game)).isEqualTo(LogHead.EMPTY);

        written(3);

        assertThat(log.newest(game)).isEqualTo(found().head());
    }

    @Test
    void theEntriesOfAnOperationAreFoundInEveryGame() {
        Lease lease = held();
        OpId op = new OpId("op-" + Sha256.hex(game.value()).substring(0, 12));
        GameId other = Samples.game();
        append(lease, of(op, entry(lease, Samples.failed())));
        append(lease, entry(lease, Samples.failed()));
        append(lease, of(op, entry(lease, Samples.failed())));
        Lease otherLease =
                assertHeld(games.acquire(other, "never finished", MINUTE)).lease();
        append(
                otherLease,
                of(op, Samples.entry(other, LogHead.EMPTY, otherLease.fence(), Samples.failed(), Optional.empty())));

        assertThat(log.ofOperation(op, 10))
                .containsExactlyInAnyOrder(
                        new OperationLog.Key(game, 1), new OperationLog.Key(game, 3), new OperationLog.Key(other, 1));
        assertThat(log.ofOperation(op, 2)).hasSize(2);
        assertThat(log.ofOperation(new OpId("op-000000000000"), 10)).isEmpty();
    }

    @Test
    void allOfItIsReadInPagesEachEntryOnce() {
        List<OperationEntry> entries = written(5);
        List<LoggedEntry> read = new ArrayList<>();
        Optional<OperationLog.Key> next = Optional.empty();
        do {
            OperationLog.Page page = log.all(next, 2);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(2);
            read.addAll(page.entries());
            next = page.next();
        } while (next.isPresent());

        // Other tests may share the tables.
        assertThat(read.stream().filter(logged -> logged.game().equals(game)))
                .containsExactlyInAnyOrderElementsOf(
                        entries.stream().map(EntryJson::logged).toList());
        assertThat(read).doesNotHaveDuplicates();
    }

    private static OperationEntry of(OpId op, OperationEntry entry) {
        return new OperationEntry(
                entry.game(),
                entry.seq(),
                op,
                entry.job(),
                entry.kind(),
                entry.source(),
                entry.sourceRef(),
                entry.host(),
                entry.image(),
                entry.imageDigest(),
                entry.container(),
                entry.fence(),
                entry.outcome(),
                entry.effect(),
                entry.failure(),
                entry.startedAt(),
                entry.finishedAt(),
                entry.change(),
                entry.prevHash());
    }

    @Test
    void largeTextsAreKeptAsTheyAre() {
        Lease lease = held();
        String large = Samples.AWKWARD.repeat(1_000);
        RuntimeRecord record = Samples.failed();
        OperationEntry entry = Samples.entry(game, LogHead.EMPTY, lease.fence(), record, Optional.of(large));
        RuntimeSpec spec = Samples.spec(Map.of("LARGE", large));
        FinishedJob job = Samples.finished(game, Optional.of(large));

        games.commit(
                lease,
                new Commit(
                        Optional.of(entry),
                        Optional.of(record),
                        Optional.of(spec),
                        Optional.empty(),
                        Optional.of(job),
                        List.of(),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty()));

        assertThat(found().spec()).contains(spec);
        assertThat(log.read(game, 0, 1)).containsExactly(EntryJson.logged(entry));
        assertThat(EntryJson.hash(log.read(game, 0, 1).getFirst().entry().orElseThrow()))
                .isEqualTo(EntryJson.hash(entry));
        assertThat(games.finished(job.key())).contains(job);
    }
}
