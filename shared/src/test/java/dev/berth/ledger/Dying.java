package dev.berth.ledger;

/** Dies at a request: before it takes effect, or when it has and nobody has heard of it yet. */
final class Dying implements Shelves.Watch {
    /** The machine dies. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final int at;
    private final boolean afterwards;
    private int requests;

    Dying(int at, boolean afterwards) {
        this.at = at;
        this.afterwards = afterwards;
    }

    @Override
    public void before() {
        if (requests == at && !afterwards) {
            throw new Killed();
        }
    }

    @Override
    public void after() {
        if (requests == at) {
            throw new Killed();
        }
        requests++;
    }
}
