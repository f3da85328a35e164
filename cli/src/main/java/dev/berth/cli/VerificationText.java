package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.ledger.Unreadable;
import dev.berth.ledger.Verification;
import dev.berth.model.GameId;
import dev.berth.wire.Json;
import java.util.stream.Collectors;

/** Whether a game's log is whole, for people and for programs. */
record VerificationText(GameId game, Verification verification) {
    String line(Style style) {
        return verification
                .problem()
                .map(problem -> style.bad("broken") + ": " + problem)
                .orElseGet(() -> style.good("verified") + ": " + whole());
    }

    private String whole() {
        Unreadable unreadable = verification.unreadable();
        return verification.entries() + " entries, hashes and chain up to the head"
                + (verification.read() < verification.entries()
                        ? "; only the " + verification.read() + " since the last checkpoint were read"
                        : "")
                + (verification.archived() > 0 ? "; " + verification.archived() + " are in the archive" : "")
                + (unreadable.count() > 0 ? "; " + unreadable(unreadable) : "; the record is what they come to");
    }

    /** How many, and what is said of the first few. */
    static String unreadable(Unreadable unreadable) {
        return unreadable.count() + " cannot be read by this version"
                + (unreadable.first().isEmpty()
                        ? ""
                        : unreadable.first().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", ", " (", ")")));
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("game_id", game.value())
                .put("verified", verification.holds())
                .put("entries", verification.entries())
                .put("read", verification.read())
                .put("archived", verification.archived())
                .put("unreadable", verification.unreadable().count());
        verification.firstBad().ifPresent(bad -> json.put("bad_seq", bad.seq()).put("problem", bad.text()));
        if (!verification.differing().isEmpty()) {
            ArrayNode differing = json.putArray("differing");
            verification.differing().forEach(differing::add);
        }
        return json;
    }
}
