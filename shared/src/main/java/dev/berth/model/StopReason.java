package dev.berth.model;

/** Why a game is stopped. */
public enum StopReason implements WireName {
    ADMIN_REQUEST("admin_request"),
    FINISHED("finished"),
    CANCELLED("cancelled"),
    IDLE("idle"),
    TIMEOUT("timeout"),
    DRAIN("drain");

    private final String wire;

    StopReason(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
