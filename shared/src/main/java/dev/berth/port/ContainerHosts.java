package dev.berth.port;

import dev.berth.model.Host;
import java.time.Duration;
import java.util.function.Supplier;

/** Reaches hosts. */
public interface ContainerHosts {
    /**
     * A connection to the host, opened with the first call.
     *
     * @param left what the caller has left at the moment; no call takes longer
     */
    ContainerHost connect(Host host, Supplier<Duration> left);
}
