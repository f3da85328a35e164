package dev.berth.action;

/** A step returned no state at all: a defect of the step. */
public final class NoStateReturned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoStateReturned(String step) {
        super("step \"" + step + "\" returned no state");
    }
}
