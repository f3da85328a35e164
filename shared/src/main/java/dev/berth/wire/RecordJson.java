package dev.berth.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Desired;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.Exit;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.HostId;
import dev.berth.model.ImageRef;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.Protocol;
import dev.berth.model.Resources;
import dev.berth.model.RestartRule;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.Size;
import dev.berth.model.StopReason;
import java.util.List;
import java.util.Optional;

/** A runtime record as it stands, flat, in the game item and in the change of a log entry. */
public final class RecordJson {
    /** Every field that a record may have. */
    public static final List<String> FIELDS = List.of(
            "status",
            "desired",
            "host_id",
            "reserved_milli_vcpu",
            "reserved_memory",
            "container_id",
            "container_fence",
            "endpoint",
            "container_started_at",
            "image_ref",
            "image_digest",
            "spec_hash",
            "exit_code",
            "oom_killed",
            "exited_at",
            "stop_reason",
            "failure",
            "volumes_on",
            "restarts");

    private static final int MAX_ENDPOINTS = 64;

    private RecordJson() {}

    public static ObjectNode write(RuntimeRecord record) {
        ObjectNode json = Json.object();
        json.put("status", record.status().wire());
        json.put("desired", record.desired().wire());
        record.placement().ifPresent(placement -> write(json, placement));
        record.container().ifPresent(container -> {
            json.put("container_id", container.id());
            json.put("container_fence", container.fence().value());
            json.set("endpoint", write(container.endpoints()));
            json.put("container_started_at", Times.write(container.startedAt()));
        });
        record.image().ifPresent(image -> {
            json.put("image_ref", image.ref().value());
            json.put("image_digest", image.digest());
        });
        record.specHash().ifPresent(hash -> json.put("spec_hash", hash));
        record.exit().ifPresent(exit -> {
            exit.code().ifPresent(code -> json.put("exit_code", code));
            json.put("oom_killed", exit.oomKilled());
            json.put("exited_at", Times.write(exit.at()));
        });
        record.stopReason().ifPresent(reason -> json.put("stop_reason", reason.wire()));
        record.failure().ifPresent(code -> json.put("failure", code.wire()));
        record.volumesOn().ifPresent(host -> json.put("volumes_on", host.value()));
        if (!record.restarts().isEmpty()) {
            ArrayNode restarts = json.putArray("restarts");
            record.restarts().forEach(at -> restarts.add(Times.write(at)));
        }
        return json;
    }

    /** Reads the record's fields among others that may stand beside them; empty where there is no status. */
    public static Optional<RuntimeRecord> find(Fields fields) {
        return fields.optionalWord("status", RuntimeStatus.class)
                .map(status -> new RuntimeRecord(
                        status,
                        fields.word("desired", Desired.class),
                        placement(fields),
                        container(fields),
                        fields.optionalText("image_ref", ImageRef::new)
                                .map(ref -> new PinnedImage(ref, fields.text("image_digest", digest -> digest))),
                        fields.optionalText("spec_hash", hash -> hash),
                        exit(fields),
                        fields.optionalWord("stop_reason", StopReason.class),
                        fields.optionalWord("failure", ErrorCode.class),
                        fields.optionalText("volumes_on", HostId::new),
                        fields.texts("restarts", RestartRule.REMEMBERED).stream()
                                .map(Times::instant)
                                .toList()));
    }

    public static ArrayNode write(List<Endpoint> endpoints) {
        ArrayNode array = Json.object().arrayNode();
        for (Endpoint endpoint : endpoints) {
            array.addObject()
                    .put("container", endpoint.container())
                    .put("protocol", endpoint.protocol().wire())
                    .put("host", endpoint.host())
                    .put("port", endpoint.port());
        }
        return array;
    }

    public static List<Endpoint> endpoints(Fields fields) {
        return fields.objects(
                "endpoint",
                MAX_ENDPOINTS,
                endpoint -> new Endpoint(
                        (int) endpoint.whole("container", 1, 65_535),
                        endpoint.word("protocol", Protocol.class),
                        endpoint.text("host", host -> host),
                        (int) endpoint.whole("port", 1, 65_535)));
    }

    /** The placement's fields: host_id, reserved_milli_vcpu, reserved_memory (bytes). */
    public static void write(ObjectNode json, Placement placement) {
        json.put("host_id", placement.host().value());
        json.put("reserved_milli_vcpu", placement.reserved().milliVcpu());
        json.put("reserved_memory", placement.reserved().memory().bytes());
    }

    /** The opposite of {@link #write(ObjectNode, Placement)}; empty where there is no host. */
    public static Optional<Placement> placement(Fields fields) {
        return fields.optionalText("host_id", HostId::new)
                .map(host -> new Placement(
                        host,
                        new Resources(
                                (int) fields.whole("reserved_milli_vcpu", 50, 64_000),
                                new Size(fields.whole("reserved_memory", 1, Size.MAX.bytes())))));
    }

    private static Optional<GameContainer> container(Fields fields) {
        return fields.optionalText("container_id", id -> id)
                .map(id -> new GameContainer(
                        id,
                        new Fence(fields.whole("container_fence", 0, Long.MAX_VALUE)),
                        endpoints(fields),
                        fields.text("container_started_at", Times::instant)));
    }

    private static Optional<Exit> exit(Fields fields) {
        return fields.optionalText("exited_at", Times::instant)
                .map(at -> new Exit(
                        fields.optionalWhole("exit_code", Integer.MIN_VALUE, Integer.MAX_VALUE)
                                .map(Long::intValue),
                        fields.flag("oom_killed"),
                        at));
    }
}
