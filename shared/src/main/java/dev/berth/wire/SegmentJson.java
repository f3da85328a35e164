package dev.berth.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.OperationFailed;
import dev.berth.model.Segment;
import java.util.regex.Pattern;

/** The manifest of a segment of the archive: what declares it. */
public final class SegmentJson {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private SegmentJson() {}

    /** Every field; {@code state} is left out where there was no record. */
    public static ObjectNode write(Segment segment) {
        ObjectNode json = Json.object();
        json.put("game_id", segment.game().value());
        json.put("first_seq", segment.firstSeq());
        json.put("last_seq", segment.lastSeq());
        json.put("prev_hash", segment.prevHash());
        json.put("last_hash", segment.lastHash());
        json.put("bytes", segment.bytes());
        json.put("sha256", segment.sha256());
        segment.state().ifPresent(state -> json.set("state", RecordJson.write(state)));
        json.put("unknown", segment.unknown());
        return json;
    }

    /**
     * The opposite of {@link #write}.
     *
     * @throws OperationFailed {@code invalid_request} if it is anything else
     */
    public static Segment read(ObjectNode json) {
        Fields fields = Fields.of(json);
        Segment segment = fields.build(() -> new Segment(
                fields.text("game_id", GameId::new),
                fields.whole("first_seq", 1, Long.MAX_VALUE),
                fields.whole("last_seq", 1, Long.MAX_VALUE),
                fields.text("prev_hash", SegmentJson::hash),
                fields.text("last_hash", SegmentJson::hash),
                fields.whole("bytes", 0, SegmentLines.MAX_BYTES),
                fields.text("sha256", SegmentJson::hash),
                fields.optionalObject(
                        "state",
                        state -> RecordJson.find(state)
                                .orElseThrow(() -> new IllegalArgumentException("must have a status"))),
                fields.whole("unknown", 0, Long.MAX_VALUE)));
        fields.end();
        return segment;
    }

    private static String hash(String text) {
        if (!HASH.matcher(text).matches()) {
            throw new IllegalArgumentException("must be 64 hex digits");
        }
        return text;
    }
}
