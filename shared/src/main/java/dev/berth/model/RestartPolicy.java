package dev.berth.model;

/** What reconcile does with a container that exited by itself; Docker's own policy is always {@code no}. */
public enum RestartPolicy implements WireName {
    NEVER("never"),
    ON_FAILURE("on_failure"),
    ALWAYS("always");

    private final String wire;

    RestartPolicy(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
