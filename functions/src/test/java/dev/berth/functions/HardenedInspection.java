package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Endpoint;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.HealthCheck;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.VolumeSpec;
import dev.berth.wire.Json;
import dev.berth.wire.SpecJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an engine says of a game's container: hardened, limited and published exactly as promised. */
final class HardenedInspection {
    private static final int FEWEST = 18;
    private static final String NOTHING = "";

    private HardenedInspection() {}

    /**
     * Compares field by field.
     *
     * @param inspected the answer to {@code GET /containers/ID/json}
     * @param record of the game, with this container in it
     */
    static void assertHardened(JsonNode inspected, GameId game, RuntimeSpec spec, RuntimeRecord record) {
        Map<String, String> promised = new LinkedHashMap<>();
        promise(promised);
        promiseLimits(promised, spec);
        promiseWays(promised, game, spec, record.container().orElseThrow());
        promiseLabels(promised, game, spec, record);
        Map<String, String> told = new LinkedHashMap<>();
        promised.keySet().forEach(field -> told.put(field, told(inspected.at(field))));

        assertThat(promised).hasSizeGreaterThanOrEqualTo(FEWEST);
        assertThat(told).isEqualTo(promised);
        assertThat(inspected.at("/Config/Labels/berth.op").asText()).matches("op-[0-9a-f]{12}");
        assertThat(inspected.at("/Id").asText())
                .isEqualTo(record.container().orElseThrow().id());
    }

    /** Engines say in several ways that there is nothing. */
    private static String told(JsonNode value) {
        boolean nothing = value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty());
        return nothing ? NOTHING : value.isTextual() ? value.asText() : Json.canonical(value);
    }

    private static void promise(Map<String, String> fields) {
        fields.put("/HostConfig/CapDrop", "[\"ALL\"]");
        fields.put("/HostConfig/CapAdd", NOTHING);
        fields.put("/HostConfig/SecurityOpt", "[\"no-new-privileges\"]");
        fields.put("/HostConfig/Privileged", "false");
        fields.put("/HostConfig/Devices", NOTHING);
        fields.put("/HostConfig/DeviceRequests", NOTHING);
        fields.put("/HostConfig/DeviceCgroupRules", NOTHING);
        fields.put("/HostConfig/GroupAdd", NOTHING);
        fields.put("/HostConfig/Sysctls", NOTHING);
        fields.put("/HostConfig/CgroupParent", NOTHING);
        fields.put("/HostConfig/NetworkMode", "bridge");
        fields.put("/HostConfig/IpcMode", "private");
        fields.put("/HostConfig/PidMode", NOTHING);
        fields.put("/HostConfig/UTSMode", NOTHING);
        fields.put("/HostConfig/UsernsMode", NOTHING);
        fields.put("/HostConfig/ExtraHosts", NOTHING);
        fields.put("/HostConfig/Links", NOTHING);
        fields.put("/HostConfig/VolumesFrom", NOTHING);
        fields.put("/HostConfig/Mounts", NOTHING);
        fields.put("/HostConfig/Init", "true");
        fields.put("/HostConfig/RestartPolicy/Name", "no");
        fields.put("/HostConfig/AutoRemove", "false");
    }

    private static void promiseLimits(Map<String, String> fields, RuntimeSpec spec) {
        String memory = Long.toString(spec.resources().memory().bytes());
        fields.put("/HostConfig/Memory", memory);
        fields.put("/HostConfig/MemorySwap", memory);
        fields.put("/HostConfig/NanoCpus", Long.toString(spec.resources().milliVcpu() * 1_000_000L));
        fields.put("/HostConfig/PidsLimit", "512");
        fields.put("/HostConfig/LogConfig/Type", "json-file");
        fields.put("/HostConfig/LogConfig/Config", "{\"max-file\":\"3\",\"max-size\":\"10m\"}");
    }

    private static void promiseWays(
            Map<String, String> fields, GameId game, RuntimeSpec spec, GameContainer container) {
        ArrayNode volumes = Json.object().putArray("volumes");
        for (VolumeSpec volume : spec.volumes()) {
            volumes.add("berth_" + game + "_" + volume.name() + ":" + volume.path() + ":rw");
        }
        ObjectNode ports = Json.object();
        for (Endpoint endpoint : container.endpoints()) {
            ports.putArray(endpoint.container() + "/" + endpoint.protocol().wire())
                    .addObject()
                    .put("HostIp", "")
                    .put("HostPort", Integer.toString(endpoint.port()));
        }
        fields.put("/HostConfig/Binds", told(volumes));
        fields.put("/HostConfig/PortBindings", told(ports));
        fields.put("/HostConfig/PublishAllPorts", "false");
        fields.put("/HostConfig/ReadonlyRootfs", Boolean.toString(spec.readOnly()));
        fields.put("/Config/User", spec.user().orElse(NOTHING));
        fields.put("/Config/StopSignal", spec.stopSignal().orElse(NOTHING));
        fields.put("/Config/Healthcheck", NOTHING);
        spec.health().ifPresent(health -> fields.put("/Config/Healthcheck", told(healthCheck(health))));
    }

    private static ObjectNode healthCheck(HealthCheck health) {
        ObjectNode json = Json.object();
        ArrayNode test = json.putArray("Test").add("CMD");
        health.command().forEach(test::add);
        return json.put("Interval", health.interval().toNanos())
                .put("Timeout", health.timeout().toNanos())
                .put("StartPeriod", health.startPeriod().toNanos())
                .put("Retries", health.retries());
    }

    private static void promiseLabels(Map<String, String> fields, GameId game, RuntimeSpec spec, RuntimeRecord record) {
        Map<String, String> labels = new LinkedHashMap<>(spec.labels());
        labels.put("berth.owner", "berth");
        labels.put("berth.game", game.value());
        labels.put("berth.fence", record.container().orElseThrow().fence().toString());
        labels.put("berth.spec", SpecJson.hash(spec));
        labels.put("berth.image", record.image().orElseThrow().digest());
        labels.forEach((label, value) -> fields.put("/Config/Labels/" + label, value));
    }
}
