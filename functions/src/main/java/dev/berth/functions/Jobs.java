package dev.berth.functions;

import dev.berth.operation.Delivery;
import java.util.Optional;

/** What the messages of one queue are for: how they are read and done, and answered where they cannot be read. */
interface Jobs {
    /** The game or host that a message is about: those about the same are dealt with one after the other. */
    Optional<String> subject(JobMessage message);

    Fate perform(JobMessage message, Delivery delivery);
}
