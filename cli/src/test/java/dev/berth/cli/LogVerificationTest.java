package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.LogVerification.Problem;
import dev.berth.model.Effect;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.LogHead;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.Outcome;
import dev.berth.port.OperationLog.Stored;
import dev.berth.wire.EntryJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogVerificationTest {
    private static final GameId GAME = new GameId("game");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final List<Stored> log = chain(4);
    private final LogHead head = head(log);

    @Test
    void holdsForWhatWasWritten() {
        assertThat(verify(log)).isEqualTo(new LogVerification(4, Optional.empty()));
    }

    @Test
    void holdsForAGameWithoutEntries() {
        assertThat(LogVerification.of(GAME, List.of(), LogHead.EMPTY).holds()).isTrue();
    }

    @Test
    void findsAnEditedEntry() {
        log.set(
                1,
                new Stored(
                        entry(2, log.get(0).hash(), OpSource.GM_REST),
                        log.get(1).hash()));

        assertThat(badSeq(verify(log))).isEqualTo(2);
    }

    @Test
    void findsAnEditedEntryWhoseHashWasEditedToo() {
        log.set(1, stored(entry(2, log.get(0).hash(), OpSource.GM_REST)));

        assertThat(badSeq(verify(log))).isEqualTo(3);
    }

    @Test
    void findsAnEditedLastEntryWhoseHashWasEditedToo() {
        log.set(3, stored(entry(4, log.get(2).hash(), OpSource.GM_REST)));

        assertThat(badSeq(verify(log))).isEqualTo(4);
    }

    @Test
    void findsAnEditedHash() {
        log.set(2, new Stored(log.get(2).entry(), "f".repeat(64)));

        assertThat(badSeq(verify(log))).isEqualTo(3);
    }

    @Test
    void findsAMissingEntry() {
        log.remove(1);

        assertThat(badSeq(verify(log))).isEqualTo(2);
    }

    @Test
    void findsThatTheFirstEntryIsMissing() {
        log.removeFirst();

        assertThat(badSeq(verify(log))).isEqualTo(1);
    }

    @Test
    void findsThatTheLastEntryIsMissing() {
        log.removeLast();

        assertThat(badSeq(verify(log))).isEqualTo(4);
    }

    @Test
    void findsSwappedEntries() {
        Stored second = log.get(1);
        log.set(1, log.get(2));
        log.set(2, second);

        assertThat(badSeq(verify(log))).isEqualTo(2);
    }

    @Test
    void findsSwappedContents() {
        log.set(1, stored(renumbered(log.get(2).entry(), 2)));

        assertThat(badSeq(verify(log))).isEqualTo(2);
    }

    @Test
    void findsAnEntryBeyondTheHead() {
        LogHead before = head(log.subList(0, 3));

        assertThat(badSeq(LogVerification.of(GAME, log, before))).isEqualTo(4);
    }

    @Test
    void findsAnEntryOfAnotherGame() {
        assertThat(badSeq(LogVerification.of(new GameId("other"), log, head))).isEqualTo(1);
    }

    private LogVerification verify(List<Stored> entries) {
        return LogVerification.of(GAME, entries, head);
    }

    private static long badSeq(LogVerification verification) {
        return verification.problem().map(Problem::seq).orElse(0L);
    }

    private static List<Stored> chain(int length) {
        List<Stored> entries = new ArrayList<>();
        String before = LogHead.GENESIS;
        for (int seq = 1; seq <= length; seq++) {
            entries.add(stored(entry(seq, before, OpSource.ADMIN_REST)));
            before = entries.getLast().hash();
        }
        return entries;
    }

    private static LogHead head(List<Stored> entries) {
        return new LogHead(entries.getLast().entry().seq(), entries.getLast().hash());
    }

    private static Stored stored(OperationEntry entry) {
        return new Stored(entry, EntryJson.hash(entry));
    }

    private static OperationEntry entry(long seq, String before, OpSource source) {
        JobId job = new JobId("job-" + seq);
        return new OperationEntry(
                GAME,
                seq,
                OpId.of(job),
                job,
                seq % 2 == 1 ? OpKind.START : OpKind.STOP,
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Fence(seq),
                Outcome.SUCCESS,
                Effect.CHANGED,
                Optional.empty(),
                NOW,
                NOW,
                Optional.empty(),
                before);
    }

    private static OperationEntry renumbered(OperationEntry entry, long seq) {
        return entry(seq, entry.prevHash(), entry.source());
    }
}
