package dev.berth.model;

/** The transport of a published port. */
public enum Protocol implements WireName {
    TCP("tcp"),
    UDP("udp");

    private final String wire;

    Protocol(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
