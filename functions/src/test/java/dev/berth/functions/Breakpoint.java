package dev.berth.functions;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a handler and its ports, and holds it before one of its calls until it is told to go on. */
final class Breakpoint {
    private final int call;
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Breakpoint(int call) {
        this.call = call;
    }

    static Breakpoint none() {
        return new Breakpoint(0);
    }

    /** Before the so manieth call that is made under the lease; the one that takes it does not count. */
    static Breakpoint before(int call) {
        return new Breakpoint(call);
    }

    /** The port with this before it; everything else is the port's own. */
    <T> T guarding(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    if (!method.getName().equals("acquire")) {
                        pass();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void pass() {
        if (calls.incrementAndGet() == call) {
            reached.countDown();
            await(goOn);
        }
    }

    /** Returns when the handler stands there. */
    void awaitReached() {
        await(reached);
    }

    void goOn() {
        goOn.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came to the breakpoint, or nobody told it to go on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
