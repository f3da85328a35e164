package dev.berth.operation;

import dev.berth.model.Drift;
import java.util.Optional;

/** How the work on a held game ended. */
sealed interface Ending {
    /** It has come to something, which is to be committed. */
    record Concluded(Conclusion conclusion) implements Ending {}

    /**
     * There turned out to be nothing to do and nothing to tell; nothing is written.
     *
     * @param instead what else there is to be settled
     */
    record Left(Optional<Drift> instead) implements Ending {}

    /** It cannot go on now; what is open stays open. */
    record Suspended(RuntimeException failure) implements Ending {}
}
