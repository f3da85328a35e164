package dev.berth.port;

import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import java.util.List;
import java.util.Optional;

/** The registry of hosts. Endpoints come from here only, never from a message. */
public interface Hosts {
    /** As remembered for a few seconds. */
    Optional<Host> find(HostId host);

    /** As remembered for a few seconds. */
    List<Host> all();

    /** As it is at this moment. */
    Optional<Host> read(HostId host);

    /** As they are at this moment; remembered from now on. */
    List<Host> readAll();

    /** Adds a host, or changes what was said of it; its state and notes, and what is reserved there, stay as they are. */
    void register(Host host);

    /**
     * Changes state and notes of a host.
     *
     * @param seen as it was read; nothing is changed if somebody else has changed state or notes since
     * @return whether it was changed
     */
    boolean change(Host seen, HostState state, HostNotes notes);

    /**
     * Removes a host on which nothing is reserved.
     *
     * @param seen as it was read; it stays if somebody else has changed state or notes since
     * @return whether it was removed
     */
    boolean remove(Host seen);
}
