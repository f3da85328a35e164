package dev.berth.functions;

import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.port.Hosts;
import java.util.List;
import java.util.Optional;

/** A registry in which no host was ever registered. */
class NoHosts implements Hosts {
    @Override
    public Optional<Host> find(HostId host) {
        return Optional.empty();
    }

    @Override
    public List<Host> all() {
        return List.of();
    }

    @Override
    public Optional<Host> read(HostId host) {
        return Optional.empty();
    }

    @Override
    public List<Host> readAll() {
        return List.of();
    }

    @Override
    public void register(Host host) {
        throw new IllegalStateException("the test registers none");
    }

    @Override
    public boolean change(Host seen, HostState state, HostNotes notes) {
        return false;
    }

    @Override
    public boolean remove(Host seen) {
        return false;
    }
}
