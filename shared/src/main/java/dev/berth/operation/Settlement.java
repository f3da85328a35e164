package dev.berth.operation;

import dev.berth.model.CleanupJob;
import dev.berth.model.Drift;
import dev.berth.model.StopJob;
import java.util.Optional;

/** What is to be done about a difference between a host and what is recorded of a game there. */
sealed interface Settlement {
    /**
     * It is not there any more; nothing is written.
     *
     * @param instead another one that was found
     */
    record Nothing(Optional<Drift> instead) implements Settlement {
        Nothing() {
            this(Optional.empty());
        }
    }

    /** The record follows what is observed. */
    record Observed(Conclusion conclusion) implements Settlement {}

    /** Containers that are not the game's go. */
    record Clear(Clearing clearing) implements Settlement {}

    /** A stop is carried out that was asked for before, or that the host's emptying asks for. */
    record Stop(StopJob job) implements Settlement {}

    /** A cleanup is, likewise. */
    record Cleanup(CleanupJob job) implements Settlement {}

    /** The game gets its next container on another host. */
    record Move() implements Settlement {}
}
