package dev.berth.functions;

import dev.berth.operation.SideBySide;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a function and its ports: at one of its calls the function dies, with all that it does side by side. */
final class Doom {
    private final int call;
    private final AtomicInteger calls = new AtomicInteger();

    private Doom(int call) {
        this.call = call;
    }

    /** Before the so manieth call of all. */
    static Doom before(int call) {
        return new Doom(call);
    }

    /** The end of the function: nothing of it comes after. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The port with this before it. */
    <T> T guarding(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    if (calls.incrementAndGet() >= call) {
                        throw new Killed();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Threads of which nobody hears how they died. */
    static SideBySide threads() {
        return (tasks, atOnce) -> SideBySide.threads()
                .run(tasks.stream().<Runnable>map(task -> () -> quietly(task)).toList(), atOnce);
    }

    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (Killed dead) {
            // So ends a thread of a function that was killed.
        }
    }
}
