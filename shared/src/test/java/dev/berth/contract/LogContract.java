package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.LogHead;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Lease;
import dev.berth.port.OperationLog.Stored;
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

    private List<OperationEntry> written(int count) {
        Lease lease = held();
        List<OperationEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RuntimeRecord record = Samples.failed();
            OperationEntry entry = entry(lease, record);
            games.commit(
                    lease,
                    new Commit(
                            Optional.of(entry),
                            Optional.of(record),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            true,
                            Optional.empty(),
                            Optional.empty()));
            entries.add(entry);
        }
        return entries;
    }

    private List<OperationEntry> read(long afterSeq, int limit) {
        return log.read(game, afterSeq, limit).stream().map(Stored::entry).toList();
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
        for (Stored stored : log.read(game, 0, 10)) {
            assertThat(stored.entry().prevHash()).isEqualTo(before);
            assertThat(stored.hash()).isEqualTo(EntryJson.hash(stored.entry()));
            before = stored.hash();
        }
        assertThat(found().head()).isEqualTo(new LogHead(3, before));
    }

    @Test
    void ofAGameThatIsNotKnownItIsEmpty() {
        assertThat(log.read(game, 0, 10)).isEmpty();
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
        assertThat(log.read(game, 0, 1)).containsExactly(new Stored(entry, EntryJson.hash(entry)));
        assertThat(EntryJson.hash(log.read(game, 0, 1).getFirst().entry())).isEqualTo(EntryJson.hash(entry));
        assertThat(games.finished(job.key())).contains(job);
    }
}
