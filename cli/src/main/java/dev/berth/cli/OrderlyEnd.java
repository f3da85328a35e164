package dev.berth.cli;

import java.time.Duration;
import java.util.function.Supplier;

/** Work with a stack that ends in order, whether the work is done, fails, or is ended by Ctrl-C or SIGTERM. */
final class OrderlyEnd {
    /** Longer than any stack takes to close; the process is gone before. */
    private static final Duration CLOSING = Duration.ofMinutes(2);

    private OrderlyEnd() {}

    /**
     * Does the work and closes the stack.
     *
     * @param codeWhenEnded the exit code of a process that was asked to end
     */
    static <T> T of(AutoCloseable stack, int codeWhenEnded, Supplier<T> work) {
        Thread ending = Thread.ofPlatform().unstarted(() -> {
            close(stack);
            Runtime.getRuntime().halt(codeWhenEnded);
        });
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return work.get();
        } finally {
            withdraw(ending);
            close(stack);
        }
    }

    private static void withdraw(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException alreadyEnding) {
            // What the work says now is only that its stack is being closed under it.
            sleep(CLOSING);
        }
    }

    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("interrupted");
        }
    }

    private static void close(AutoCloseable stack) {
        try {
            stack.close();
        } catch (Exception e) {
            throw new IllegalStateException("the stack could not be ended: " + e.getMessage(), e);
        }
    }
}
