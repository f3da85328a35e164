package dev.berth.functions;

import dev.berth.model.Failure;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a message. */
sealed interface Fate {
    /** Its job is finished and its result is published. */
    record Done() implements Fate {}

    /**
     * It is given back, for another attempt later.
     *
     * @param delay how long to wait, where that is known; the usual back-off otherwise
     */
    record GivenBack(Optional<Duration> delay) implements Fate {}

    /** Nobody can be answered: it goes where dead ones go, at its first delivery. */
    record Buried(Failure why) implements Fate {}
}
