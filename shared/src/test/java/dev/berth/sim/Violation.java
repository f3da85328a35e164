package dev.berth.sim;

/** A promise was broken. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String promise, String how) {
        super(promise + ": " + how);
    }
}
