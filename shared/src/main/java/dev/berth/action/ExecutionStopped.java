package dev.berth.action;

/** Somebody asked for a running deployment to be ended; it is undone. */
public final class ExecutionStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExecutionStopped() {
        super("a stop was requested while it ran");
    }
}
