package dev.berth.sim;

import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.OperationFailed;
import dev.berth.model.Placement;
import dev.berth.port.Reservation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The table of hosts. Each method is one request to it, or a part of a transaction. */
final class HostsModel {
    private final Map<HostId, Host> hosts = new LinkedHashMap<>();

    private BiConsumer<Host, Host> watch = (_, _) -> {};

    /** @param watcher is told of each change of state or notes: the host before, and after */
    void watchedBy(BiConsumer<Host, Host> watcher) {
        watch = watcher;
    }

    List<Host> all() {
        return List.copyOf(hosts.values());
    }

    Optional<Host> find(HostId host) {
        return Optional.ofNullable(hosts.get(host));
    }

    void register(Host host) {
        Optional<Host> known = find(host.id());
        hosts.put(
                host.id(),
                new Host(
                        host.id(),
                        host.endpoint(),
                        host.tls(),
                        host.capacity(),
                        known.map(Host::reserved).orElse(Capacity.NONE),
                        known.map(Host::state).orElse(host.state()),
                        host.labels(),
                        known.map(Host::notes).orElse(HostNotes.NONE),
                        host.engine()));
    }

    boolean change(Host seen, HostState state, HostNotes notes) {
        HostNotes next = new HostNotes(
                seen.notes().version() + 1, notes.givenUp(), notes.silentSince(), notes.missing(), notes.drain());
        Host there = hosts.get(seen.id());
        if (there == null) {
            return false;
        }
        if (isSeen(there, seen)) {
            Host changed = there.with(state, next);
            hosts.put(seen.id(), changed);
            watch.accept(there, changed);
            return true;
        }
        // The same request, repeated by the client library.
        return there.state() == state && there.notes().equals(next);
    }

    boolean remove(Host seen) {
        Host there = hosts.get(seen.id());
        if (there == null) {
            return true;
        }
        if (!isSeen(there, seen) || !there.reserved().equals(Capacity.NONE)) {
            return false;
        }
        hosts.remove(seen.id());
        return true;
    }

    private static boolean isSeen(Host there, Host seen) {
        return there.notes().version() == seen.notes().version();
    }

    // --- parts of transactions ---

    boolean hasRoom(Reservation place) {
        Host now = hosts.get(place.host().id());
        return now != null
                && now.takesGames()
                && now.capacity().equals(place.host().capacity())
                && now.hasRoomFor(place.amount());
    }

    void requireRegistered(List<Placement> places) {
        places.forEach(place -> {
            if (!hosts.containsKey(place.host())) {
                throw new OperationFailed(ErrorCode.STORE_UNAVAILABLE, place.host() + " is not registered");
            }
        });
    }

    /** @param sign 1 where it is taken, -1 where it is given back */
    void reserve(Placement place, int sign) {
        Host host = hosts.get(place.host());
        Capacity reserved = new Capacity(
                host.reserved().milliVcpu() + (long) sign * place.reserved().milliVcpu(),
                host.reserved().memoryBytes() + sign * place.reserved().memory().bytes());
        hosts.put(
                host.id(),
                new Host(
                        host.id(),
                        host.endpoint(),
                        host.tls(),
                        host.capacity(),
                        reserved,
                        host.state(),
                        host.labels(),
                        host.notes(),
                        host.engine()));
    }
}
