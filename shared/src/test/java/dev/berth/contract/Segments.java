package dev.berth.contract;

import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Segment;
import dev.berth.model.Sha256;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import dev.berth.wire.SegmentLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries that are chained to each other, and the segments of them. */
final class Segments {
    private Segments() {}

    /** That many entries, new ones each time; the first is chained to nothing. */
    static List<LoggedEntry> entries(GameId game, long firstSeq, int count) {
        List<LoggedEntry> entries = new ArrayList<>();
        LogHead head = new LogHead(firstSeq - 1, LogHead.GENESIS);
        for (int i = 0; i < count; i++) {
            OperationEntry entry = Samples.entry(
                    game, head, new Fence(i + 1), Samples.failed(), Optional.of("failed " + Samples.AWKWARD));
            LoggedEntry logged = EntryJson.logged(entry);
            entries.add(logged);
            head = logged.head();
        }
        return entries;
    }

    /** An entry of a version that is not yet known, after that one. */
    static LoggedEntry unknown(LoggedEntry before) {
        return EntryJson.logged(Json.object()
                .put("version", 2)
                .put("game_id", before.game().value())
                .put("seq", before.seq() + 1)
                .put("says", Samples.AWKWARD)
                .put("prev_hash", before.hash())
                .put("hash", Sha256.hex("of whatever")));
    }

    static Segment of(List<LoggedEntry> entries, Optional<RuntimeRecord> state) {
        byte[] lines = SegmentLines.of(entries);
        return new Segment(
                entries.getFirst().game(),
                entries.getFirst().seq(),
                entries.getLast().seq(),
                entries.getFirst().prevHash(),
                entries.getLast().hash(),
                lines.length,
                Sha256.hex(lines),
                state,
                2);
    }

    /** A segment of which nobody will ask for the entries. */
    static Segment declared(GameId game, long firstSeq, long lastSeq) {
        String hash = Sha256.hex("entry " + lastSeq);
        return new Segment(game, firstSeq, lastSeq, LogHead.GENESIS, hash, 1, hash, Optional.empty(), 0);
    }
}
