package dev.berth.model;

/** The last settled truth about a runtime. */
public enum RuntimeStatus implements WireName {
    RUNNING("running"),
    STOPPED("stopped"),
    FAILED("failed"),
    LOST("lost"),
    REMOVED("removed");

    private final String wire;

    RuntimeStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
