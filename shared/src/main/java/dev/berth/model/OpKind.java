package dev.berth.model;

/** What an operation does. */
public enum OpKind implements WireName {
    START("start"),
    STOP("stop"),
    RESTART("restart"),
    PATCH("patch"),
    CLEANUP_CONTAINER("cleanup_container"),
    RECONCILE_ADOPT("reconcile_adopt"),
    RECONCILE_DISPOSE("reconcile_dispose");

    private final String wire;

    OpKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** Whether a stop that arrives meanwhile ends it: it would bring up what the stop takes down. */
    public boolean yieldsToStop() {
        return switch (this) {
            case START, RESTART, PATCH -> true;
            case STOP, CLEANUP_CONTAINER, RECONCILE_ADOPT, RECONCILE_DISPOSE -> false;
        };
    }
}
