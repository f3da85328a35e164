package dev.berth.sim;

import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.port.Clock;
import dev.berth.port.Hosts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The registry of hosts in a {@link StoreModel}, remembered for a few seconds in each sandbox as the real one is. */
final class ModelHosts implements Hosts {
    private final StoreModel store;
    private final Clock clock;
    private final ModelGames.Line line;
    private final Memory memory;

    /** What a sandbox remembers. */
    static final class Memory {
        private List<Host> hosts = List.of();
        private Instant at = Instant.MIN;
    }

    ModelHosts(StoreModel store, Clock clock, ModelGames.Line line, Memory memory) {
        this.store = store;
        this.clock = clock;
        this.line = line;
        this.memory = memory;
    }

    @Override
    public Optional<Host> find(HostId host) {
        return all().stream().filter(known -> known.id().equals(host)).findFirst();
    }

    @Override
    public List<Host> all() {
        boolean fresh = !memory.hosts.isEmpty()
                && !memory.at.plus(Limits.HOSTS_REMEMBERED).isBefore(clock.now());
        return fresh ? memory.hosts : readAll();
    }

    @Override
    public Optional<Host> read(HostId host) {
        return line.request("read " + host, () -> store.registry().find(host));
    }

    @Override
    public List<Host> readAll() {
        Instant now = clock.now();
        memory.hosts = line.request("read the hosts", store::hosts);
        memory.at = now;
        return memory.hosts;
    }

    @Override
    public void register(Host host) {
        line.request("register " + host.id(), () -> {
            store.register(host);
            return "registered";
        });
        memory.hosts = List.of();
    }

    @Override
    public boolean change(Host seen, HostState state, HostNotes notes) {
        memory.hosts = List.of();
        return line.request(
                "note " + state + " of " + seen.id(), () -> store.registry().change(seen, state, notes));
    }

    @Override
    public boolean remove(Host seen) {
        memory.hosts = List.of();
        return line.request("remove " + seen.id(), () -> store.registry().remove(seen));
    }
}
