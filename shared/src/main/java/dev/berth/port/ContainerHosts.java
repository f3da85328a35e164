package dev.berth.port;

import dev.berth.model.Host;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reaches hosts. */
@FunctionalInterface
public interface ContainerHosts {
    /**
     * A connection to the host, opened with the first call.
     *
     * @param left what the caller has left at the moment; no call takes longer
     * @param ended is told of each call that ended, by the thread that made it
     */
    ContainerHost connect(Host host, Supplier<Duration> left, Consumer<EngineCall> ended);

    /** The same where nobody asks which calls there were. */
    default ContainerHost connect(Host host, Supplier<Duration> left) {
        return connect(host, left, _ -> {});
    }
}
