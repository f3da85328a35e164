package dev.berth.cli;

/** What the command tells its caller; frozen. */
final class ExitCode {
    static final int DONE = 0;

    /** The operation failed. */
    static final int FAILED = 1;

    static final int WRONG_USE = 2;

    /** The stack or a host cannot be reached. */
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
