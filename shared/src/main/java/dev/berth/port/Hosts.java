package dev.berth.port;

import dev.berth.model.Host;
import dev.berth.model.HostId;
import java.util.List;
import java.util.Optional;

/** The registry of hosts. Endpoints come from here only, never from a message. */
public interface Hosts {
    Optional<Host> find(HostId host);

    List<Host> all();

    /** Adds a host, or changes what was said of it; its state, and what is reserved there, stay as they are. */
    void register(Host host);
}
