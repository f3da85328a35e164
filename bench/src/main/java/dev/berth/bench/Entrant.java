package dev.berth.bench;

import java.time.Duration;
import java.util.Map;

/** One way to run containers, beside others in a {@link Race}. */
interface Entrant extends AutoCloseable {

    String name();

    /**
     * Leads one game through its life, and leaves nothing of it.
     *
     * @return how long each part of it took, by its name; what an entrant does not have is missing
     */
    Map<String, Duration> life(String game);

    @Override
    void close();
}
