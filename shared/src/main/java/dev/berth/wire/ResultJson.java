package dev.berth.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Effect;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.ImageRef;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.OpId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.Outcome;
import java.util.List;

/**
 * The result message of a job, on a game or on a host. Every field of the contract is there; one without a value is
 * null, as {@code game_id} and {@code op_kind} are where the job was on a host.
 */
public final class ResultJson {
    private static final List<String> FIELDS = List.of(
            "job_id",
            "op_id",
            "game_id",
            "op_kind",
            "op_source",
            "source_ref",
            "outcome",
            "effect",
            "error_code",
            "error_message",
            "host_id",
            "container_id",
            "image_ref",
            "image_digest",
            "endpoint",
            "seq",
            "started_at",
            "finished_at");

    private ResultJson() {}

    public static ObjectNode write(JobResult result) {
        ObjectNode json = Json.object();
        FIELDS.forEach(json::putNull);
        json.put("job_id", result.job().value());
        json.put("op_id", result.op().value());
        json.put("game_id", result.game().value());
        json.put("op_kind", result.kind().wire());
        json.put("op_source", result.source().wire());
        result.sourceRef().ifPresent(ref -> json.put("source_ref", ref));
        json.put("outcome", result.outcome().wire());
        json.put("effect", result.effect().wire());
        result.failure().ifPresent(failure -> EntryJson.write(json, failure));
        result.host().ifPresent(host -> json.put("host_id", host.value()));
        result.container().ifPresent(container -> json.put("container_id", container));
        result.image().ifPresent(image -> json.put("image_ref", image.value()));
        result.imageDigest().ifPresent(digest -> json.put("image_digest", digest));
        json.set("endpoint", RecordJson.write(result.endpoints()));
        result.seq().ifPresent(seq -> json.put("seq", seq));
        json.put("started_at", Times.write(result.startedAt()));
        json.put("finished_at", Times.write(result.finishedAt()));
        return json;
    }

    public static JobResult read(ObjectNode json) {
        Fields fields = Fields.of(json);
        fields.optionalText("op_id", OpId::new);
        JobResult result = fields.build(() -> new JobResult(
                fields.text("job_id", JobId::new),
                fields.text("game_id", GameId::new),
                fields.word("op_kind", OpKind.class),
                fields.word("op_source", OpSource.class),
                fields.optionalText("source_ref", ref -> ref),
                fields.word("outcome", Outcome.class),
                fields.word("effect", Effect.class),
                EntryJson.failure(fields),
                fields.optionalText("host_id", HostId::new),
                fields.optionalText("container_id", id -> id),
                fields.optionalText("image_ref", ImageRef::new),
                fields.optionalText("image_digest", digest -> digest),
                RecordJson.endpoints(fields),
                fields.optionalWhole("seq", 1, Long.MAX_VALUE),
                fields.text("started_at", Times::instant),
                fields.text("finished_at", Times::instant)));
        fields.end();
        return result;
    }

    public static ObjectNode write(HostResult result) {
        ObjectNode json = Json.object();
        FIELDS.forEach(json::putNull);
        json.put("job_id", result.job().value());
        json.put("op_id", result.op().value());
        json.put("op_source", result.source().wire());
        result.sourceRef().ifPresent(ref -> json.put("source_ref", ref));
        json.put("outcome", result.outcome().wire());
        json.put("effect", result.effect().wire());
        result.failure().ifPresent(failure -> EntryJson.write(json, failure));
        json.put("host_id", result.host().value());
        json.set("endpoint", RecordJson.write(List.of()));
        json.put("started_at", Times.write(result.startedAt()));
        json.put("finished_at", Times.write(result.finishedAt()));
        return json;
    }

    /** The opposite of {@link #write(HostResult)}; the result of a job on a game is refused. */
    public static HostResult readHost(ObjectNode json) {
        ObjectNode said = json.deepCopy();
        FIELDS.stream().filter(name -> said.path(name).isNull()).forEach(said::remove);
        Fields fields = Fields.of(said);
        fields.optionalText("op_id", OpId::new);
        fields.texts("endpoint", 0);
        HostResult result = fields.build(() -> new HostResult(
                fields.text("job_id", JobId::new),
                fields.text("host_id", HostId::new),
                fields.word("op_source", OpSource.class),
                fields.optionalText("source_ref", ref -> ref),
                fields.word("outcome", Outcome.class),
                fields.word("effect", Effect.class),
                EntryJson.failure(fields),
                fields.text("started_at", Times::instant),
                fields.text("finished_at", Times::instant)));
        fields.end();
        return result;
    }
}
