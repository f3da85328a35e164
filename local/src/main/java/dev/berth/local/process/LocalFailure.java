package dev.berth.local.process;

/** Something on this machine is not as it has to be; the message tells what, and what to do about it. */
public final class LocalFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LocalFailure(String message) {
        super(message);
    }

    public LocalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
