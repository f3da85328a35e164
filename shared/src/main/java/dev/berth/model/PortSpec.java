package dev.berth.model;

import java.util.Optional;

/**
 * A port that a container publishes.
 *
 * @param host the wanted port on the host; any free one where absent
 */
public record PortSpec(int container, Protocol protocol, Optional<Integer> host) {
    public PortSpec {
        requirePort(container);
        host.ifPresent(PortSpec::requirePort);
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("must be a port, 1 to 65535");
        }
    }
}
