package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.JobId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Outcome;
import dev.berth.model.Sha256;
import java.util.List;
import java.util.Optional;

/** An entry of the operation log, and the hash that chains it to the one before. */
public final class EntryJson {
    private EntryJson() {}

    /** Every field of the entry but its hash; absent ones are left out. */
    public static ObjectNode write(OperationEntry entry) {
        ObjectNode json = Json.object();
        json.put("game_id", entry.game().value());
        json.put("seq", entry.seq());
        json.put("op_id", entry.op().value());
        json.put("job_id", entry.job().value());
        json.put("op_kind", entry.kind().wire());
        json.put("op_source", entry.source().wire());
        entry.sourceRef().ifPresent(ref -> json.put("source_ref", ref));
        entry.host().ifPresent(host -> json.put("host_id", host.value()));
        entry.image().ifPresent(image -> json.put("image_ref", image.value()));
        entry.imageDigest().ifPresent(digest -> json.put("image_digest", digest));
        entry.container().ifPresent(container -> json.put("container_id", container));
        json.put("fence", entry.fence().value());
        json.put("outcome", entry.outcome().wire());
        json.put("effect", entry.effect().wire());
        entry.failure().ifPresent(failure -> write(json, failure));
        json.put("started_at", Times.write(entry.startedAt()));
        json.put("finished_at", Times.write(entry.finishedAt()));
        entry.change().ifPresent(change -> json.set("change", RecordJson.write(change)));
        json.put("prev_hash", entry.prevHash());
        return json;
    }

    /**
     * {@code SHA-256(prev_hash + "\n" + canonical JSON of all other fields)}, hex.
     *
     * @see Json#canonical
     */
    public static String hash(OperationEntry entry) {
        ObjectNode content = write(entry).without("prev_hash");
        return Sha256.hex(entry.prevHash() + "\n" + Json.canonical(content));
    }

    /**
     * An entry as it was found. The hash of its content is that of every field that is there, so it can be checked also
     * of entries that a later version of Berth has written.
     *
     * @throws OperationFailed {@code invalid_request} if it does not tell which entry of which game it is
     */
    public static LoggedEntry logged(ObjectNode json) {
        Fields fields = Fields.of(json);
        GameId game = fields.text("game_id", GameId::new);
        long seq = fields.whole("seq", 1, Long.MAX_VALUE);
        String prevHash = json.path("prev_hash").asText();
        ObjectNode content = json.deepCopy().without(List.of("prev_hash", "hash"));
        return new LoggedEntry(
                game,
                seq,
                prevHash,
                json.path("hash").asText(),
                Sha256.hex(prevHash + "\n" + Json.canonical(content)),
                content(json),
                Json.canonical(json));
    }

    /** An entry that we have written ourselves. */
    public static LoggedEntry logged(OperationEntry entry) {
        return logged(write(entry).put("hash", hash(entry)));
    }

    private static LoggedEntry.Content content(ObjectNode json) {
        try {
            return json.has("version")
                    ? new LoggedEntry.Content.Unknown("is of another version: " + Json.canonical(json.get("version")))
                    : new LoggedEntry.Content.Known(read(json));
        } catch (OperationFailed | IllegalArgumentException unreadable) {
            return new LoggedEntry.Content.Unknown("cannot be read: " + unreadable.getMessage());
        }
    }

    /** How many bytes the entry has in canonical form, its hash included. */
    public static int size(OperationEntry entry) {
        // Every hash is of one length.
        return Json.canonical(write(entry).put("hash", LogHead.GENESIS)).getBytes(UTF_8).length;
    }

    /** The opposite of {@link #write}; the hash, if there, is read past. */
    public static OperationEntry read(ObjectNode json) {
        Fields fields = Fields.of(json);
        fields.optionalText("hash", hash -> hash);
        OperationEntry entry = fields.build(() -> new OperationEntry(
                fields.text("game_id", GameId::new),
                fields.whole("seq", 1, Long.MAX_VALUE),
                fields.text("op_id", OpId::new),
                fields.text("job_id", JobId::new),
                fields.word("op_kind", OpKind.class),
                fields.word("op_source", OpSource.class),
                fields.optionalText("source_ref", ref -> ref),
                fields.optionalText("host_id", HostId::new),
                fields.optionalText("image_ref", ImageRef::new),
                fields.optionalText("image_digest", digest -> digest),
                fields.optionalText("container_id", container -> container),
                new Fence(fields.whole("fence", 0, Long.MAX_VALUE)),
                fields.word("outcome", Outcome.class),
                fields.word("effect", Effect.class),
                failure(fields),
                fields.text("started_at", Times::instant),
                fields.text("finished_at", Times::instant),
                fields.optionalObject(
                        "change",
                        change -> RecordJson.find(change)
                                .orElseThrow(() -> new IllegalArgumentException("must have a status"))),
                fields.text("prev_hash", hash -> hash)));
        fields.end();
        return entry;
    }

    static void write(ObjectNode json, Failure failure) {
        json.put("error_code", failure.code().wire());
        json.put("error_message", failure.text());
    }

    static Optional<Failure> failure(Fields fields) {
        String text = fields.optionalText("error_message", message -> message).orElse("");
        return fields.optionalWord("error_code", ErrorCode.class).map(code -> new Failure(code, text));
    }
}
