package dev.berth.model;

/** What was last asked of a runtime; kept apart from its status so that an unfinished stop is finished later. */
public enum Desired implements WireName {
    RUNNING("running"),
    STOPPED("stopped"),
    REMOVED("removed");

    private final String wire;

    Desired(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
