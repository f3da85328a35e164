package dev.berth.port;

import dev.berth.model.Host;
import dev.berth.model.Placement;
import dev.berth.model.Resources;

/**
 * A place on a host that is to be reserved.
 *
 * @param host as it was read; if its capacity has changed since, the reservation is refused
 */
public record Reservation(Host host, Resources amount) {
    public Placement placement() {
        return new Placement(host.id(), amount);
    }
}
