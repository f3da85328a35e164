package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.LoggedEntry;
import dev.berth.model.Segment;
import dev.berth.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a segment is as a file. What happens to damaged ones stands in the contract of the archive. */
final class SegmentLinesTest {
    private static final GameId GAME = new GameId("match-42");

    private final List<LoggedEntry> entries = entries(20);
    private final Segment segment = segment(entries);
    private final byte[] packed = SegmentLines.write(segment, entries);

    /** Of entries that nobody can read, which are kept like any other. */
    private static List<LoggedEntry> entries(int count) {
        List<LoggedEntry> entries = new ArrayList<>();
        String before = "0".repeat(64);
        for (int seq = 1; seq <= count; seq++) {
            ObjectNode json = Json.object()
                    .put("version", 7)
                    .put("game_id", GAME.value())
                    .put("seq", seq)
                    .put("text", "größe \n" + Sha256.hex("text " + seq))
                    .put("prev_hash", before);
            before = EntryJson.logged(json).computed();
            entries.add(EntryJson.logged(json.put("hash", before)));
        }
        return entries;
    }

    private static Segment segment(List<LoggedEntry> entries) {
        byte[] lines = SegmentLines.of(entries);
        return new Segment(
                GAME,
                entries.getFirst().seq(),
                entries.getLast().seq(),
                entries.getFirst().prevHash(),
                entries.getLast().hash(),
                lines.length,
                Sha256.hex(lines),
                Optional.empty(),
                0);
    }

    @Test
    void eachEntryIsOneLine() {
        String text = new String(SegmentLines.of(entries), StandardCharsets.UTF_8);

        assertThat(text).endsWith("}\n");
        assertThat(text.lines()).hasSize(20).allMatch(line -> line.startsWith("{\"game_id\":\"match-42\",\"hash\":\""));
    }

    @Test
    void equalEntriesMakeEqualBytes() {
        assertThat(SegmentLines.write(segment, entries(20))).isEqualTo(packed);
    }

    @Test
    void itIsReadBackAsItWasWritten() {
        assertThat(SegmentLines.read(segment, packed)).isEqualTo(new SegmentLines(entries, Optional.empty()));
    }

    @Test
    void whicheverBitIsTurnedItIsToldOrTheEntriesAreTheSame() {
        for (int bit = 0; bit < packed.length * 8; bit++) {
            byte[] turned = packed.clone();
            turned[bit / 8] ^= (byte) (1 << (bit % 8));

            SegmentLines read = SegmentLines.read(segment, turned);
            assertThat(read.damage().isPresent() || read.entries().equals(entries))
                    .as("bit %s", bit)
                    .isTrue();
        }
    }

    @Test
    void whereverItIsCutItIsToldAndWhatIsReadIsInOrder() {
        for (int length = 0; length < packed.length; length++) {
            SegmentLines read = SegmentLines.read(segment, java.util.Arrays.copyOf(packed, length));

            assertThat(read.damage()).isPresent();
            assertThat(read.entries())
                    .isEqualTo(entries.subList(0, read.entries().size()));
        }
    }

    @Test
    void whateverOfItsDeclarationIsOtherwiseIsTold() {
        Segment s = segment;
        String hash = Sha256.hex("another");
        List<Segment> others = List.of(
                new Segment(GAME, 1, 19, s.prevHash(), s.lastHash(), s.bytes(), s.sha256(), s.state(), 0),
                new Segment(GAME, 1, 21, s.prevHash(), s.lastHash(), s.bytes(), s.sha256(), s.state(), 0),
                new Segment(GAME, 2, 20, s.prevHash(), s.lastHash(), s.bytes(), s.sha256(), s.state(), 0),
                new Segment(GAME, 1, 20, hash, s.lastHash(), s.bytes(), s.sha256(), s.state(), 0),
                new Segment(GAME, 1, 20, s.prevHash(), hash, s.bytes(), s.sha256(), s.state(), 0),
                new Segment(GAME, 1, 20, s.prevHash(), s.lastHash(), s.bytes() - 1, s.sha256(), s.state(), 0),
                new Segment(GAME, 1, 20, s.prevHash(), s.lastHash(), s.bytes() + 1, s.sha256(), s.state(), 0),
                new Segment(GAME, 1, 20, s.prevHash(), s.lastHash(), s.bytes(), hash, s.state(), 0),
                new Segment(new GameId("b"), 1, 20, s.prevHash(), s.lastHash(), s.bytes(), s.sha256(), s.state(), 0));

        assertThat(others).allSatisfy(other -> {
            assertThat(SegmentLines.read(other, packed).damage()).isPresent();
            assertThatIllegalArgumentException().isThrownBy(() -> SegmentLines.write(other, entries));
        });
    }
}
