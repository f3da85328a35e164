package dev.berth.functions;

import dev.berth.operation.Delivery;
import java.util.Optional;

/** What the messages of one queue are for: how they are read and done, and answered where they cannot be read. */
interface Jobs {
    /** Reads what nearly every job needs, beside the first of them. */
    void prepare();

    /** Empty if not even the game or the host can be told that the message is about. */
    Optional<JobHead> head(JobMessage message);

    Fate perform(JobMessage message, Delivery delivery);
}
