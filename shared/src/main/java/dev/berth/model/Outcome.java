package dev.berth.model;

/** Whether an operation reached what was asked for. */
public enum Outcome implements WireName {
    SUCCESS("success"),
    FAILURE("failure");

    private final String wire;

    Outcome(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
