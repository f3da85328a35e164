package dev.berth.sim;

import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import java.util.HashMap;
import java.util.Map;

/** What is reserved on a host is what the records and the open deployments say, no more and no less. */
final class Reservations {
    private Reservations() {}

    static void check(StoreModel store) {
        Map<HostId, Capacity> owed = new HashMap<>();
        store.games()
                .values()
                .forEach(row -> row.record.flatMap(RuntimeRecord::placement).ifPresent(place -> add(owed, place)));
        store.reservedByDeployments().forEach(place -> add(owed, place));
        for (Host host : store.hosts()) {
            Capacity expected = owed.getOrDefault(host.id(), Capacity.NONE);
            Promises.require(
                    host.reserved().equals(expected),
                    "reservations add up",
                    () -> host.id() + " has " + host.reserved() + " reserved, but owed are " + expected);
        }
    }

    private static void add(Map<HostId, Capacity> owed, Placement place) {
        owed.merge(
                place.host(),
                new Capacity(
                        place.reserved().milliVcpu(), place.reserved().memory().bytes()),
                (a, b) -> new Capacity(a.milliVcpu() + b.milliVcpu(), a.memoryBytes() + b.memoryBytes()));
    }
}
