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

    /** Whether nobody asked for it. */
    public boolean isByItself() {
        return switch (this) {
            case AUTO_TTL, AUTO_RECONCILE -> true;
            case LOBBY_STREAM, GM_REST, ADMIN_REST -> false;
        };
    }

    @Override
    public String wire() {
        return wire;
    }
}
