package dev.berth.cli;

/** A command cannot do what was asked of it; the message is one line that says why and what to do. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }

    static CommandFailed wrongUse(String message) {
        return new CommandFailed(ExitCode.WRONG_USE, message);
    }

    static CommandFailed unreachable(String message) {
        return new CommandFailed(ExitCode.UNREACHABLE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
