package dev.berth.model;

/** What an operation really did, beside its outcome. */
public enum Effect implements WireName {
    CHANGED("changed"),
    NOOP("noop"),
    REPLAYED("replayed"),
    RESUMED("resumed"),
    ROLLED_BACK("rolled_back"),
    OBSERVED("observed");

    private final String wire;

    Effect(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
