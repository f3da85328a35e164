package dev.berth.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.StateCodec;
import dev.berth.model.Exit;
import dev.berth.model.HostId;
import dev.berth.model.StopReason;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a stop has come.
 *
 * @param container its id, where the record knows one
 * @param exit how the container ended; empty while that is not proven, or if it is proven gone
 */
record Stopping(HostId host, Optional<String> container, Duration grace, StopReason reason, Optional<Exit> exit) {

    static final StateCodec<Stopping> CODEC = new StateCodec<>() {
        @Override
        public String write(Stopping state) {
            return Json.write(state.toJson());
        }

        @Override
        public Stopping read(String text) {
            return fromJson(Fields.of(Json.parse(text)));
        }
    };

    Stopping of(Optional<String> found) {
        return new Stopping(host, found, grace, reason, exit);
    }

    Stopping ended(Optional<Exit> how) {
        return new Stopping(host, container, grace, reason, how);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("host_id", host.value());
        container.ifPresent(id -> json.put("container_id", id));
        json.put("grace_seconds", grace.toSeconds());
        json.put("reason", reason.wire());
        exit.ifPresent(how -> {
            how.code().ifPresent(code -> json.put("exit_code", code));
            json.put("oom_killed", how.oomKilled());
            json.put("exited_at", Times.write(how.at()));
        });
        return json;
    }

    static Stopping fromJson(Fields fields) {
        return new Stopping(
                fields.text("host_id", HostId::new),
                fields.optionalText("container_id", id -> id),
                Duration.ofSeconds(fields.whole("grace_seconds", 0, 300)),
                fields.word("reason", StopReason.class),
                fields.optionalText("exited_at", Times::instant)
                        .map(at -> new Exit(
                                fields.optionalWhole("exit_code", Integer.MIN_VALUE, Integer.MAX_VALUE)
                                        .map(Long::intValue),
                                fields.flag("oom_killed"),
                                at)));
    }
}
