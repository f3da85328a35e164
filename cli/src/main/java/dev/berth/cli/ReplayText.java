package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.ledger.Replayed;
import dev.berth.model.GameId;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a game's log says that its record was, for people and for programs.
 *
 * @param now the game as it is; empty if it is not that state which was asked for, or if its item is lost
 * @param earlier whether an earlier state was asked for, with which nothing is to be compared
 */
record ReplayText(GameId id, Replayed replayed, Optional<Game> now, boolean earlier) {
    /** Whether it is certain, and what the game's record says. */
    boolean holds() {
        return replayed.isCertain()
                && (earlier || (reachesTheHead() && differing().isEmpty()));
    }

    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(id + " after entry " + replayed.seq() + ": "
                + replayed.record().map(LogTable::became).orElse("no record"));
        fields(replayed.record())
                .forEachEntry((name, value) -> lines.add(
                        String.format("  %-21s %s", name, value.isTextual() ? value.asText() : Json.write(value))));
        lines.add(certainty(style));
        if (!earlier) {
            lines.add(comparison(style));
        }
        return lines;
    }

    private String certainty(Style style) {
        String unreadable =
                replayed.unreadable().count() > 0 ? "; " + VerificationText.unreadable(replayed.unreadable()) : "";
        return replayed.uncertainSince()
                        .map(seq -> style.bad("uncertain") + ": entry " + seq
                                + " may have changed it in a way that nobody can tell")
                        .orElseGet(() -> style.good("certain") + ": " + replayed.read() + " entries were read")
                + unreadable
                + replayed.firstBad().map(bad -> "; " + bad).orElse("");
    }

    private String comparison(Style style) {
        if (now.isEmpty()) {
            return style.bad("lost") + ": nothing else is known of the game; `berth rebuild " + id
                    + "` makes its item anew";
        }
        if (!reachesTheHead()) {
            return style.bad("cut") + ": the log ends with entry " + replayed.seq() + ", and the game's head is entry "
                    + now.get().head().seq();
        }
        List<String> differing = differing();
        return differing.isEmpty()
                ? style.good("equal") + ": it is the game's record"
                : style.bad("different") + " from the game's record: " + String.join(", ", differing);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("game_id", id.value()).put("seq", replayed.seq());
        replayed.record().ifPresent(record -> json.set("record", RecordJson.write(record)));
        json.put("certain", replayed.isCertain());
        replayed.uncertainSince().ifPresent(seq -> json.put("uncertain_since", seq));
        json.put("unreadable", replayed.unreadable().count()).put("read", replayed.read());
        replayed.firstBad().ifPresent(bad -> json.put("bad_seq", bad.seq()).put("problem", bad.text()));
        if (!earlier) {
            json.put("equal", reachesTheHead() && differing().isEmpty());
            ArrayNode differing = json.putArray("differing");
            differing().forEach(differing::add);
        }
        return json;
    }

    private boolean reachesTheHead() {
        return now.filter(game -> game.head().seq() == replayed.seq()).isPresent();
    }

    /** The fields in which the game's record is another one. */
    private List<String> differing() {
        return replayed.differing(now.flatMap(Game::record));
    }

    private static ObjectNode fields(Optional<RuntimeRecord> record) {
        return record.map(RecordJson::write).orElseGet(Json::object);
    }
}
