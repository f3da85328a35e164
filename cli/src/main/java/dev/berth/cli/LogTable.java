package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.ledger.Found;
import dev.berth.model.Failure;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Segment;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Entries of the operation log, whether they can be read or not, one a line. */
final class LogTable {
    private static final List<String> COLUMNS = List.of(
            "SEQ", "OPERATION", "OP", "SOURCE", "OUTCOME", "EFFECT", "BECAME", "STARTED", "MS", "HASH", "ERROR");
    private static final String NOTHING = "-";

    private final boolean ofManyGames;
    private final TextTable table;

    /** @param ofManyGames whether each line has to tell of which game it is */
    LogTable(boolean ofManyGames) {
        this.ofManyGames = ofManyGames;
        this.table = new TextTable(cells("GAME", COLUMNS));
    }

    /** All lines, with the header. */
    List<String> lines(List<Found> listing) {
        listing.forEach(this::add);
        return table.lines();
    }

    /** One more line, in the columns of those before. */
    String next(LoggedEntry entry) {
        add(entry);
        return table.lines().getLast();
    }

    private void add(Found found) {
        switch (found) {
            case Found.Entry(LoggedEntry entry, boolean _) -> add(entry);
            case Found.SegmentEnd(Segment segment, var damage) -> {
                String seq = segment.firstSeq() + ".." + segment.lastSeq();
                add(segment.game().value(), unreadable(seq, segment.lastHash(), damage.orElse("")));
            }
            case Found.Unlisted(long seq, String why) -> add(NOTHING, unreadable(seq + "..", NOTHING, why));
        }
    }

    private void add(LoggedEntry entry) {
        List<String> row = switch (entry.content()) {
            case LoggedEntry.Content.Known(OperationEntry known) -> known(known, entry.hash());
            case LoggedEntry.Content.Unknown(String why) -> unreadable(Long.toString(entry.seq()), entry.hash(), why);
        };
        add(entry.game().value(), row);
    }

    private void add(String game, List<String> row) {
        table.row(cells(game, row));
    }

    private String[] cells(String game, List<String> row) {
        return Stream.concat(ofManyGames ? Stream.of(game) : Stream.empty(), row.stream())
                .toArray(String[]::new);
    }

    private static List<String> known(OperationEntry entry, String hash) {
        return List.of(
                Long.toString(entry.seq()),
                entry.kind().wire(),
                entry.op().value(),
                entry.source().wire(),
                entry.outcome().wire(),
                entry.effect().wire(),
                entry.change().map(LogTable::became).orElse(NOTHING),
                Times.write(entry.startedAt()),
                Long.toString(
                        Duration.between(entry.startedAt(), entry.finishedAt()).toMillis()),
                ResultText.shortId(hash),
                entry.failure().map(LogTable::error).orElse(NOTHING));
    }

    private static List<String> unreadable(String seq, String hash, String why) {
        return List.of(
                seq,
                "unreadable",
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                ResultText.shortId(hash),
                why);
    }

    static String became(RuntimeRecord record) {
        return new RecordText(record).status()
                + record.host().map(host -> " on " + host).orElse("");
    }

    private static String error(Failure failure) {
        return failure.code().wire() + ": " + failure.text().lines().findFirst().orElse("");
    }

    /** For programs. */
    static ObjectNode json(Found found) {
        return switch (found) {
            case Found.Entry(LoggedEntry entry, boolean _) -> json(entry);
            case Found.SegmentEnd(Segment segment, var damage) ->
                Json.object()
                        .put("game_id", segment.game().value())
                        .put("first_seq", segment.firstSeq())
                        .put("last_seq", segment.lastSeq())
                        .put("unreadable", damage.orElse(""));
            case Found.Unlisted(long seq, String why) ->
                Json.object().put("first_seq", seq).put("unreadable", why);
        };
    }

    static ObjectNode json(LoggedEntry entry) {
        return switch (entry.content()) {
            case LoggedEntry.Content.Known(OperationEntry known) ->
                EntryJson.write(known).put("hash", entry.hash());
            case LoggedEntry.Content.Unknown(String why) ->
                Json.object()
                        .put("game_id", entry.game().value())
                        .put("seq", entry.seq())
                        .put("prev_hash", entry.prevHash())
                        .put("hash", entry.hash())
                        .put("unreadable", why)
                        .put("line", entry.line());
        };
    }
}
