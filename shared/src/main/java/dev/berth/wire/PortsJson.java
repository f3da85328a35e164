package dev.berth.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The ports of a spec. */
final class PortsJson {
    private static final int MAX_PORTS = 64;

    private PortsJson() {}

    static List<PortSpec> read(Fields spec) {
        List<PortSpec> ports = spec.objects("ports", MAX_PORTS, PortsJson::readPort);
        spec.build(
                "ports", () -> unique(ports.stream().map(port -> port.protocol().wire() + "/" + port.container())));
        spec.build(
                "ports",
                () -> unique(ports.stream()
                        .flatMap(port ->
                                port
                                        .host()
                                        .map(host -> "host " + port.protocol().wire() + "/" + host)
                                        .stream())));
        return ports;
    }

    private static PortSpec readPort(Fields port) {
        return new PortSpec(
                (int) port.whole("container", 1, 65_535),
                port.optionalWord("protocol", Protocol.class).orElse(Protocol.TCP),
                port.optionalWhole("host", 1, 65_535).map(Long::intValue));
    }

    private static Set<String> unique(Stream<String> ports) {
        Set<String> seen = new HashSet<>();
        ports.filter(port -> !seen.add(port)).forEach(port -> {
            throw new IllegalArgumentException("must not name " + port + " twice");
        });
        return seen;
    }

    static void write(ObjectNode json, PortSpec port) {
        json.put("container", port.container());
        json.put("protocol", port.protocol().wire());
        port.host().ifPresent(host -> json.put("host", host));
    }
}
