package dev.berth.model;

/** When an image is pulled that a start or a patch asks for. A restart uses the very image that the game had. */
public enum PullPolicy implements WireName {
    /** Even if the host has one of that name: a tag may mean another image by now. */
    ALWAYS("always"),
    IF_NOT_PRESENT("if_not_present"),
    /** For restarts too: somebody else brings the images. */
    NEVER("never");

    private final String wire;

    PullPolicy(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
