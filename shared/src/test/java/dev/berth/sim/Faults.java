package dev.berth.sim;

/** Decides what goes wrong, and how long things take. */
interface Faults {
    /** Nothing ever goes wrong, and everything takes a moment. */
    Faults NONE = new Faults() {};

    default Fault at(Call call) {
        return Fault.NONE;
    }

    /** How long a message travels, in milliseconds. */
    default long travel() {
        return 1;
    }

    /** How long a handler stands still when it is {@link Fault#PAUSED}. */
    default long standstill() {
        return 70_000;
    }

    /** How long after its caller gave up a {@link Fault#LATE} call takes effect. */
    default long lateness() {
        return 70_000;
    }

    /** Whether a message is delivered once more although it need not be. */
    default boolean deliveredTwice() {
        return false;
    }

    /** Whether the engine takes its time with something, and how long. */
    default long work() {
        return 1;
    }

    /** One of n ways in which a thing may come out; zero is the ordinary one. */
    default int way(int n) {
        return 0;
    }

    /** Whether an index has not yet followed the last change of each game. */
    default boolean indexIsLate() {
        return false;
    }
}
