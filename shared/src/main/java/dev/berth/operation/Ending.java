package dev.berth.operation;

/** How the work on a held game ended. */
sealed interface Ending {
    /** It has come to something, which is to be committed. */
    record Concluded(Conclusion conclusion) implements Ending {}

    /** It cannot go on now; what is open stays open. */
    record Suspended(RuntimeException failure) implements Ending {}
}
