package dev.berth.cli;

import static dev.berth.cli.LogSamples.GAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.LogSamples.Archive;
import dev.berth.cli.LogSamples.Table;
import dev.berth.ledger.Found;
import dev.berth.ledger.Ledger;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OpSource;
import dev.berth.model.Segment;
import dev.berth.model.Sha256;
import dev.berth.port.LogArchive.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogListingTest {
    private static final GameId OTHER = new GameId("other");
    private static final LogFilter FAILURES =
            new LogFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);

    private final List<LoggedEntry> entries = LogSamples.chain(GAME, 6);

    private LogListing listing(LogFilter filter, int limit) {
        Table table = new Table(entries);
        return LogListing.of(GAME, table, new Ledger(table, Archive.EMPTY), filter, limit);
    }

    private static List<Long> seqs(LogListing listing) {
        return listing.shown().stream().map(Found::seq).toList();
    }

    private static LogFilter between(int first, int last) {
        return new LogFilter(Optional.empty(), Optional.of(at(first)), Optional.of(at(last)), Optional.empty(), false);
    }

    private static Instant at(int second) {
        return Samples.NOW.plusSeconds(second);
    }

    @Test
    void showsTheNewestAndCountsWhatIsLeftOut() {
        assertThat(seqs(listing(LogFilter.NONE, 4))).containsExactly(3L, 4L, 5L, 6L);
        assertThat(listing(LogFilter.NONE, 4).left()).isEqualTo(2);
        assertThat(seqs(listing(LogFilter.NONE, 6))).hasSize(6);
        assertThat(listing(LogFilter.NONE, 6).left()).isZero();
    }

    @Test
    void countsOnlyWhatIsMeant() {
        LogListing failures = listing(FAILURES, 1);

        assertThat(seqs(failures)).containsExactly(6L);
        assertThat(failures.left()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatIsNotMeant() {
        OpId op = entries.get(1).entry().orElseThrow().op();

        assertThat(seqs(listing(between(2, 4), 10))).containsExactly(2L, 3L, 4L);
        assertThat(seqs(listing(FAILURES, 10))).containsExactly(3L, 6L);
        assertThat(seqs(listing(of(Optional.of(op), Optional.empty()), 10))).containsExactly(2L);
        assertThat(seqs(listing(of(Optional.empty(), Optional.of(OpSource.AUTO_TTL)), 10)))
                .containsExactly(2L, 4L, 6L);
    }

    private static LogFilter of(Optional<OpId> op, Optional<OpSource> source) {
        return new LogFilter(op, Optional.empty(), Optional.empty(), source, false);
    }

    @Test
    void showsWhatItCannotReadWhateverIsLeftOut() {
        entries.set(1, LogSamples.ofLaterVersion(entries.get(1)));

        assertThat(seqs(listing(FAILURES, 10))).containsExactly(2L, 3L, 6L);
    }

    @Test
    void showsThatASegmentOfTheArchiveIsDamaged() {
        LoggedEntry first = entries.removeFirst();
        Segment segment =
                new Segment(GAME, 1, 1, LogHead.GENESIS, first.hash(), 1, Sha256.hex("x"), Optional.empty(), 0);
        Kept kept = new Kept(List.of(), Optional.of("its checksum is another one"));
        Table table = new Table(entries);
        Ledger ledger = new Ledger(table, new Archive(List.of(segment), List.of(kept)));

        LogListing listing = LogListing.of(GAME, table, ledger, FAILURES, 10);

        assertThat(seqs(listing)).containsExactly(1L, 3L, 6L);
        assertThat(new LogTable(false).lines(listing.shown()).get(1))
                .startsWith("1..1  unreadable")
                .endsWith("its checksum is another one");
    }

    @Test
    void readsTheArchiveFirst() {
        LoggedEntry first = entries.removeFirst();
        Segment segment =
                new Segment(GAME, 1, 1, LogHead.GENESIS, first.hash(), 1, Sha256.hex("x"), Optional.empty(), 0);
        Kept kept = new Kept(List.of(first), Optional.empty());
        Table table = new Table(entries);
        Ledger ledger = new Ledger(table, new Archive(List.of(segment), List.of(kept)));

        assertThat(seqs(LogListing.of(GAME, table, ledger, LogFilter.NONE, 10)))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void showsAllGamesInOrderOfTime() {
        List<LoggedEntry> all = new ArrayList<>(entries);
        all.add(LogSamples.entry(OTHER, 1, LogHead.GENESIS, 3));
        all.add(LogSamples.ofLaterVersion(
                LogSamples.entry(OTHER, 2, all.getLast().hash(), 4)));

        LogListing listing = LogListing.ofAll(new Table(all), LogFilter.NONE, 6);

        assertThat(new LogTable(true)
                        .lines(listing.shown()).stream()
                                .skip(1)
                                .map(line -> line.split(" +", -1))
                                .map(row -> row[0] + " " + row[1]))
                .containsExactly("arena 3", "other 1", "arena 4", "arena 5", "arena 6", "other 2");
        assertThat(listing.left()).isEqualTo(2);
    }

    @Test
    void readsATableOfManyPages() {
        Table table = new Table(LogSamples.chain(GAME, 1_200));

        LogListing listing = LogListing.ofAll(table, LogFilter.NONE, 2);

        assertThat(seqs(listing)).containsExactly(1_199L, 1_200L);
        assertThat(listing.left()).isEqualTo(1_198);
    }

    @Test
    void findsAnOperationByTheIndex() {
        Table table = new Table(entries);
        OpId op = entries.get(2).entry().orElseThrow().op();

        LogListing listing = LogListing.of(op, table, new Ledger(table, Archive.EMPTY), LogFilter.NONE, 10);

        assertThat(seqs(listing)).containsExactly(3L);
    }
}
