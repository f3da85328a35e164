package dev.berth.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.StateCodec;
import dev.berth.model.HostId;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import java.util.Optional;

/**
 * What a cleanup is to remove.
 *
 * @param host that the game is bound to, if it is
 * @param purge whether its volumes go too
 */
record Cleaning(Optional<HostId> host, boolean purge) {
    static final StateCodec<Cleaning> CODEC = new StateCodec<>() {
        @Override
        public String write(Cleaning state) {
            ObjectNode json = Json.object();
            state.host().ifPresent(host -> json.put("host_id", host.value()));
            return Json.write(json.put("purge_volumes", state.purge()));
        }

        @Override
        public Cleaning read(String text) {
            Fields fields = Fields.of(Json.parse(text));
            return new Cleaning(fields.optionalText("host_id", HostId::new), fields.flag("purge_volumes"));
        }
    };
}
