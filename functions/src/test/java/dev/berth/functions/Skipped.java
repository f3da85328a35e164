package dev.berth.functions;

import org.opentest4j.TestAbortedException;

/** Where a test cannot be run: it says so, and counts as skipped. */
final class Skipped {
    private Skipped() {}

    /** To be thrown. */
    static TestAbortedException because(String reason) {
        System.out.println("skipped: " + reason);
        return new TestAbortedException(reason);
    }
}
