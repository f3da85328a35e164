package dev.berth.model;

/** Who asked for an operation. */
public enum OpSource implements WireName {
    LOBBY_STREAM("lobby_stream"),
    GM_REST("gm_rest"),
    ADMIN_REST("admin_rest"),
    AUTO_TTL("auto_ttl"),
    AUTO_RECONCILE("auto_reconcile");

    private final String wire;

    OpSource(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
