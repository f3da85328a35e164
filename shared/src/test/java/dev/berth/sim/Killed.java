package dev.berth.sim;

/** Ends a handler that was killed. No exception, so that nothing but the scheduler gets hold of it. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
