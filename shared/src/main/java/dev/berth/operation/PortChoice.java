package dev.berth.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Endpoint;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which ports on the host a game gets where its spec names none. They are chosen by us and not by the engine, which
 * would give a container other ones each time it starts it.
 *
 * @param before where the game answered before; the same ports are taken again if they can be had
 * @param bound whether it must be those
 * @param tries how many choices turned out to be taken
 */
record PortChoice(List<Endpoint> before, boolean bound, int tries) {
    PortChoice {
        before = List.copyOf(before);
    }

    /** Ports of which others may be chosen if they are taken. */
    static PortChoice preferring(List<Endpoint> before) {
        return new PortChoice(before, false, 0);
    }

    /** The ports that the game had, and no others. */
    static PortChoice keeping(List<Endpoint> before) {
        return new PortChoice(before, true, 0);
    }

    /** Another choice, if there may be one. */
    Optional<PortChoice> next(List<PortSpec> specified) {
        boolean free = specified.stream().anyMatch(port -> port.host().isEmpty());
        return free && !bound && tries + 1 < Limits.PORT_TRIES
                ? Optional.of(new PortChoice(List.of(), false, tries + 1))
                : Optional.empty();
    }

    /** The specified ports, each with its port on the host. */
    List<PortSpec> of(GameId game, List<PortSpec> specified) {
        Set<Taken> taken = new HashSet<>();
        specified.forEach(port -> port.host().ifPresent(host -> taken.add(new Taken(port.protocol(), host))));
        return specified.stream()
                .map(port -> port.host().isPresent() ? port : chosen(game, port, taken))
                .toList();
    }

    private record Taken(Protocol protocol, int port) {}

    private PortSpec chosen(GameId game, PortSpec port, Set<Taken> taken) {
        int host = earlier(port).orElseGet(() -> derived(game, port));
        while (!taken.add(new Taken(port.protocol(), host))) {
            host = Limits.FIRST_PORT + Math.floorMod(host + 1 - Limits.FIRST_PORT, Limits.PORTS);
        }
        return new PortSpec(port.container(), port.protocol(), Optional.of(host));
    }

    private Optional<Integer> earlier(PortSpec port) {
        return before.stream()
                .filter(endpoint -> endpoint.container() == port.container() && endpoint.protocol() == port.protocol())
                .map(Endpoint::port)
                .findFirst();
    }

    /** Spread over the range by what it is for, so that two games seldom ask for the same one. */
    private int derived(GameId game, PortSpec port) {
        int spread = Objects.hash(game.value(), port.protocol().wire(), port.container(), tries) * 0x9E3779B1;
        return Limits.FIRST_PORT + Math.floorMod(spread, Limits.PORTS);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set("endpoint", RecordJson.write(before));
        return json.put("bound", bound).put("tries", tries);
    }

    static PortChoice fromJson(Fields fields) {
        return new PortChoice(
                RecordJson.endpoints(fields), fields.flag("bound"), (int) fields.whole("tries", 0, Limits.PORT_TRIES));
    }
}
