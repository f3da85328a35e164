package dev.berth.model;

/** What a host is used for. Only an active one gets new games. */
public enum HostState implements WireName {
    ACTIVE("active"),
    DRAINING("draining"),
    DRAINED("drained"),
    LOST("lost"),
    QUARANTINED("quarantined");

    private final String wire;

    HostState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
