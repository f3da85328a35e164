package dev.berth.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Blob;
import dev.berth.model.CleanupJob;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.OpKind;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.model.PatchJob;
import dev.berth.model.PlainText;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RestartJob;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.model.StartJob;
import dev.berth.model.StopJob;
import dev.berth.model.StopReason;
import dev.berth.model.WireName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A job message: one JSON object, strictly of the contract's form. */
public final class JobJson {
    private static final int MAX_SOURCE_REF = 256;

    /** Stands in the content hash where jobs on games have their kind. */
    private static final String RECONCILE = "reconcile";

    private JobJson() {}

    /**
     * What a message that is no valid job still tells of itself, so that its refusal can be answered.
     *
     * @param request under its own job id where that is usable, else the id of the message
     */
    public record Header(GameId game, Request request) {}

    /**
     * Reads a job of that kind.
     *
     * @param messageId the idempotency key where the message brings none
     * @param sentAt when it was requested where the message does not say
     * @throws OperationFailed {@code invalid_request} that names the field
     */
    public static Job read(OpKind kind, String body, String messageId, Instant sentAt) {
        ObjectNode json = Json.parse(body);
        Fields fields = Fields.of(json);
        GameId game = fields.text("game_id", GameId::new);
        Request request = readRequest(kind.wire(), json, fields, messageId, sentAt);
        Job job = switch (kind) {
            case START -> start(game, request, fields);
            case STOP ->
                new StopJob(
                        game,
                        request,
                        fields.optionalWord("reason", StopReason.class).orElse(StopReason.ADMIN_REQUEST),
                        graceSeconds(fields));
            case RESTART -> new RestartJob(game, request, graceSeconds(fields));
            case PATCH -> new PatchJob(game, request, fields.text("image_ref", ImageRef::new), graceSeconds(fields));
            case CLEANUP_CONTAINER -> {
                boolean purge = fields.flag("purge_volumes");
                yield fields.build("purge_volumes", () -> new CleanupJob(game, request, purge));
            }
            case RECONCILE_ADOPT, RECONCILE_DISPOSE ->
                throw new IllegalArgumentException("no queue carries " + kind.wire());
        };
        fields.end();
        return job;
    }

    private static StartJob start(GameId game, Request request, Fields fields) {
        ImageRef image = fields.text("image_ref", ImageRef::new);
        Set<Blob> contents = new LinkedHashSet<>();
        Optional<RuntimeSpec> spec = fields.optionalObject("spec", said -> SpecJson.received(said, contents::add));
        return new StartJob(game, request, image, spec, List.copyOf(contents));
    }

    /**
     * Reads a job of the reconcile queue.
     *
     * @throws OperationFailed {@code invalid_request} that names the field
     * @see #read
     */
    public static ReconcileJob readReconcile(String body, String messageId, Instant sentAt) {
        ObjectNode json = Json.parse(body);
        Fields fields = Fields.of(json);
        ReconcileJob job = new ReconcileJob(
                fields.text("host_id", HostId::new), readRequest(RECONCILE, json, fields, messageId, sentAt));
        fields.end();
        return job;
    }

    /** What can be told of a message that {@link #read} refused; empty if not even its game can. */
    public static Optional<Header> header(OpKind kind, String body, String messageId, Instant sentAt) {
        return object(body)
                .flatMap(json -> usable(json, "game_id", GameId::new)
                        .map(game -> new Header(game, told(kind.wire(), json, messageId, sentAt))));
    }

    /** What can be told of a message that {@link #readReconcile} refused; empty if not even its host can. */
    public static Optional<ReconcileJob> reconcileHeader(String body, String messageId, Instant sentAt) {
        return object(body)
                .flatMap(json -> usable(json, "host_id", HostId::new)
                        .map(host -> new ReconcileJob(host, told(RECONCILE, json, messageId, sentAt))));
    }

    private static Request told(String queue, ObjectNode json, String messageId, Instant sentAt) {
        return new Request(
                usable(json, "job_id", JobId::new).orElseGet(() -> new JobId(messageId)),
                text(json, "op_source")
                        .flatMap(wire -> WireName.find(OpSource.class, wire))
                        .orElse(OpSource.LOBBY_STREAM),
                text(json, "source_ref").filter(ref -> ref.length() <= MAX_SOURCE_REF && PlainText.isCarried(ref)),
                sentAt,
                Optional.empty(),
                contentHash(queue, json));
    }

    private static Request readRequest(String queue, ObjectNode json, Fields fields, String messageId, Instant sentAt) {
        return new Request(
                fields.optionalText("job_id", JobId::new).orElseGet(() -> new JobId(messageId)),
                fields.optionalWord("op_source", OpSource.class).orElse(OpSource.LOBBY_STREAM),
                fields.optionalText("source_ref", JobJson::sourceRef),
                requestedAt(fields.optionalText("requested_at", Times::instant), sentAt),
                fields.optionalText("deadline", Times::instant),
                contentHash(queue, json));
    }

    /** The message as it was written and the queue it came by: what the transport adds is no part of its content. */
    private static String contentHash(String queue, ObjectNode json) {
        return Sha256.hex(queue + " " + Json.canonical(json));
    }

    /** A request as it is kept with the deployment that carries it out. */
    public static ObjectNode write(Request request) {
        ObjectNode json = Json.object();
        json.put("job_id", request.job().value());
        json.put("op_source", request.source().wire());
        request.sourceRef().ifPresent(ref -> json.put("source_ref", ref));
        json.put("requested_at", Times.write(request.requestedAt()));
        request.deadline().ifPresent(deadline -> json.put("deadline", Times.write(deadline)));
        json.put("content_hash", request.contentHash());
        return json;
    }

    /** The opposite of {@link #write}. */
    public static Request readRequest(Fields fields) {
        return new Request(
                fields.text("job_id", JobId::new),
                fields.word("op_source", OpSource.class),
                fields.optionalText("source_ref", ref -> ref),
                fields.text("requested_at", Times::instant),
                fields.optionalText("deadline", Times::instant),
                fields.text("content_hash", hash -> hash));
    }

    /** Nothing was requested after it was sent: a clock that runs ahead must not supersede what is sent later. */
    private static Instant requestedAt(Optional<Instant> said, Instant sentAt) {
        return said.filter(sentAt::isAfter).orElse(sentAt);
    }

    private static String sourceRef(String text) {
        if (text.length() > MAX_SOURCE_REF) {
            throw new IllegalArgumentException("must be at most " + MAX_SOURCE_REF + " characters");
        }
        return text;
    }

    private static Optional<Duration> graceSeconds(Fields fields) {
        return fields.optionalWhole("grace_seconds", 0, 300).map(Duration::ofSeconds);
    }

    private static Optional<ObjectNode> object(String body) {
        try {
            return Optional.of(Json.parse(body));
        } catch (OperationFailed notAnObject) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(ObjectNode json, String name) {
        return Optional.ofNullable(json.get(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static <T> Optional<T> usable(ObjectNode json, String name, Function<String, T> value) {
        try {
            return text(json, name).map(value);
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
