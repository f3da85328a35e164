package dev.berth.cli;

import static dev.berth.cli.LogSamples.GAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.ledger.BadEntry;
import dev.berth.ledger.Replayed;
import dev.berth.ledger.Unreadable;
import dev.berth.ledger.Verification;
import dev.berth.model.LogHead;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Game;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a log that was verified or replayed. */
final class LedgerTextTest {
    private static final Style PLAIN = new Style(false);
    private static final RuntimeRecord RECORD = LogSamples.record(1);
    private static final Unreadable NONE = new Unreadable(0, 0, List.of());
    private static final Unreadable ONE = new Unreadable(1, 1, List.of(new BadEntry(4, "is of another version: 2")));

    private static VerificationText verified(Unreadable unreadable, Optional<BadEntry> bad, String... differing) {
        return new VerificationText(
                GAME, new Verification(new LogHead(12, "hash"), 12, 2, 0, unreadable, bad, List.of(differing)));
    }

    private static Replayed replayed(long seq, Optional<Long> uncertainSince, Unreadable unreadable) {
        return new Replayed(seq, Optional.of(RECORD), uncertainSince, unreadable, seq, Optional.empty());
    }

    private static ReplayText text(Replayed replayed, Optional<Game> now) {
        return new ReplayText(GAME, replayed, now, false);
    }

    /** Its head is entry 1. */
    private static Optional<Game> game(RuntimeRecord record) {
        return Optional.of(Samples.game("arena", record));
    }

    @Test
    void aLogThatIsWholeIsVerified() {
        assertThat(verified(NONE, Optional.empty()).line(PLAIN))
                .isEqualTo("verified: 12 entries, hashes and chain up to the head; only the 2 since the last checkpoint"
                        + " were read; the record is what they come to");
    }

    @Test
    void whatCannotBeReadIsCounted() {
        assertThat(verified(ONE, Optional.empty()).line(PLAIN))
                .startsWith("verified: 12 entries")
                .endsWith("1 cannot be read by this version (entry 4 is of another version: 2)");
        assertThat(verified(ONE, Optional.empty()).json().path("unreadable").asLong())
                .isEqualTo(1);
    }

    @Test
    void theFirstBadEntryIsNamed() {
        VerificationText text = verified(NONE, Optional.of(new BadEntry(3, "is missing")));

        assertThat(text.line(PLAIN)).isEqualTo("broken: entry 3 is missing");
        assertThat(text.json().path("bad_seq").asLong()).isEqualTo(3);
        assertThat(text.json().path("verified").asBoolean()).isFalse();
    }

    @Test
    void aRecordThatIsAnotherOneIsNamedByItsFields() {
        VerificationText text = verified(NONE, Optional.empty(), "status", "host_id");

        assertThat(text.line(PLAIN)).startsWith("broken: ").endsWith("status, host_id");
        assertThat(text.json().path("differing")).hasSize(2);
    }

    @Test
    void aReplayThatComesToTheRecordHolds() {
        ReplayText text = text(replayed(1, Optional.empty(), NONE), game(RECORD));

        assertThat(text.holds()).isTrue();
        assertThat(text.lines(PLAIN))
                .startsWith("arena after entry 1: running on host-1")
                .contains("  host_id               host-1")
                .endsWith("certain: 1 entries were read", "equal: it is the game's record");
        assertThat(text.json().path("equal").asBoolean()).isTrue();
    }

    @Test
    void aReplayTellsInWhichFieldsTheRecordIsAnotherOne() {
        ReplayText text = text(replayed(1, Optional.empty(), NONE), game(LogSamples.record(2)));

        assertThat(text.holds()).isFalse();
        assertThat(text.lines(PLAIN).getLast()).isEqualTo("different from the game's record: host_id");
    }

    @Test
    void aReplayTellsAfterWhichEntryNothingIsCertain() {
        ReplayText text = text(replayed(1, Optional.of(4L), ONE), game(RECORD));

        assertThat(text.holds()).isFalse();
        assertThat(text.lines(PLAIN))
                .anyMatch(line -> line.startsWith("uncertain: entry 4 may have changed it")
                        && line.contains("1 cannot be read by this version"));
        assertThat(text.json().path("uncertain_since").asLong()).isEqualTo(4);
    }

    @Test
    void aLogWhoseTailIsCutIsNotHeldAgainstTheRecord() {
        ReplayText text = text(replayed(0, Optional.empty(), NONE), game(RECORD));

        assertThat(text.holds()).isFalse();
        assertThat(text.lines(PLAIN).getLast())
                .isEqualTo("cut: the log ends with entry 0, and the game's head is entry 1");
    }

    @Test
    void aGameWhoseItemIsLostCanBeRebuilt() {
        ReplayText text = text(replayed(1, Optional.empty(), NONE), Optional.empty());

        assertThat(text.holds()).isFalse();
        assertThat(text.lines(PLAIN).getLast()).startsWith("lost: ").contains("berth rebuild arena");
    }

    @Test
    void anEarlierStateIsHeldAgainstNothing() {
        Replayed earlier = replayed(1, Optional.empty(), NONE);
        ReplayText text = new ReplayText(GAME, earlier, game(LogSamples.record(2)), true);

        assertThat(text.holds()).isTrue();
        assertThat(text.lines(PLAIN).getLast()).startsWith("certain");
        assertThat(text.json().has("equal")).isFalse();
    }
}
