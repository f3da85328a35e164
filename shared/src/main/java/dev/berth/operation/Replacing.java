package dev.berth.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.StateCodec;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.Times;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a game is on its way from its old container to a new one.
 *
 * @param before the record as it was found; what an undo restores
 * @param stop of the old container
 * @param start of the new one
 * @param since when the inner operation began that is going on
 * @param stopRecorded whether the stop stands in the log
 * @param startRecorded whether the start does too: from then on the new container is the game's
 * @param unneeded whether the game turned out to run the very image that was asked for
 */
record Replacing(
        RuntimeRecord before,
        Stopping stop,
        Starting start,
        Instant since,
        boolean stopRecorded,
        boolean startRecorded,
        boolean unneeded) {

    static final StateCodec<Replacing> CODEC = new StateCodec<>() {
        @Override
        public String write(Replacing state) {
            return Json.write(state.toJson());
        }

        @Override
        public Replacing read(String text) {
            return fromJson(Fields.of(Json.parse(text)));
        }
    };

    static Replacing of(RuntimeRecord before, Stopping stop, Starting start, Instant now) {
        return new Replacing(before, stop, start, now, false, false, false);
    }

    Replacing with(RuntimeRecord now) {
        return new Replacing(now, stop, start, since, stopRecorded, startRecorded, unneeded);
    }

    Replacing with(Stopping further) {
        return new Replacing(before, further, start, since, stopRecorded, startRecorded, unneeded);
    }

    Replacing with(Starting further) {
        return new Replacing(before, stop, further, since, stopRecorded, startRecorded, unneeded);
    }

    Replacing stopRecorded(Instant now) {
        return new Replacing(before, stop, start, now, true, startRecorded, unneeded);
    }

    Replacing startRecorded(Instant now) {
        return new Replacing(before, stop, start, now, stopRecorded, true, unneeded);
    }

    Replacing notNeeded() {
        return new Replacing(before, stop, start, since, stopRecorded, startRecorded, true);
    }

    /** Whether the new container is on another host than the old one. */
    boolean isMove() {
        return start.place().filter(place -> place.host().equals(stop.host())).isEmpty();
    }

    boolean ranBefore() {
        return before.status() == RuntimeStatus.RUNNING;
    }

    /** The old container, if there is one. */
    Optional<String> old() {
        return stop.container();
    }

    private ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set("before", RecordJson.write(before));
        json.set("stop", stop.toJson());
        json.set("start", start.toJson());
        json.put("since", Times.write(since));
        json.put("stop_recorded", stopRecorded);
        json.put("start_recorded", startRecorded);
        return json.put("unneeded", unneeded);
    }

    private static Replacing fromJson(Fields fields) {
        return new Replacing(
                fields.optionalObject("before", RecordJson::find)
                        .flatMap(found -> found)
                        .orElseThrow(),
                fields.optionalObject("stop", Stopping::fromJson).orElseThrow(),
                fields.optionalObject("start", Starting::fromJson).orElseThrow(),
                fields.text("since", Times::instant),
                fields.flag("stop_recorded"),
                fields.flag("start_recorded"),
                fields.flag("unneeded"));
    }
}
