package dev.berth.sim;

import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.port.Hosts;
import java.util.List;
import java.util.Optional;

/** The registry of hosts as it is; a planted bug overrides what it gets wrong. */
class OtherHosts implements Hosts {
    final Hosts right;

    OtherHosts(Hosts right) {
        this.right = right;
    }

    /** What is read of a host. */
    Host seen(Host host) {
        return host;
    }

    @Override
    public Optional<Host> find(HostId host) {
        return right.find(host).map(this::seen);
    }

    @Override
    public List<Host> all() {
        return right.all().stream().map(this::seen).toList();
    }

    @Override
    public Optional<Host> read(HostId host) {
        return right.read(host).map(this::seen);
    }

    @Override
    public List<Host> readAll() {
        return right.readAll().stream().map(this::seen).toList();
    }

    @Override
    public void register(Host host) {
        right.register(host);
    }

    @Override
    public boolean change(Host seen, HostState state, HostNotes notes) {
        return right.change(seen, state, notes);
    }

    @Override
    public boolean remove(Host seen) {
        return right.remove(seen);
    }
}
