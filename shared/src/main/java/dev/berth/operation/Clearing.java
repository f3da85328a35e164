package dev.berth.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.StateCodec;
import dev.berth.model.HostId;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import java.util.List;

/** Containers on a host that carry a game's labels and are not the game's, by their ids. */
record Clearing(HostId host, List<String> containers) {
    private static final int MOST = 100;

    static final StateCodec<Clearing> CODEC = new StateCodec<>() {
        @Override
        public String write(Clearing state) {
            ObjectNode json = Json.object().put("host_id", state.host().value());
            ArrayNode ids = json.putArray("containers");
            state.containers().forEach(ids::add);
            return Json.write(json);
        }

        @Override
        public Clearing read(String text) {
            Fields fields = Fields.of(Json.parse(text));
            return new Clearing(fields.text("host_id", HostId::new), fields.texts("containers", MOST));
        }
    };

    Clearing {
        containers = List.copyOf(containers.subList(0, Math.min(MOST, containers.size())));
    }
}
