package dev.berth.localstack;

/** Something that the tests need cannot be had on this machine. */
final class NotHere extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    NotHere(String reason) {
        super(reason);
        this.reason = reason;
    }

    NotHere(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What it is, and why; one line. */
    String reason() {
        return reason;
    }
}
