package dev.berth.local.lambda;

import dev.berth.local.aws.Template;
import dev.berth.local.process.LocalFailure;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Timers: those of the template, which invoke functions, and one for tidying. The first time is one interval from now. */
public final class Schedules implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedules").factory());
    private final Consumer<String> errors;

    /** @param errors told of invocations that could not be made */
    public Schedules(Consumer<String> errors) {
        this.errors = errors;
    }

    /** Invokes the function at each interval, but never while its invocation before still runs. */
    public void invoke(LocalFunction function, Template.Schedule schedule) {
        var running = new AtomicBoolean();
        every(schedule.every(), () -> {
            if (running.compareAndSet(false, true)) {
                try {
                    function.invoke(schedule.input());
                } finally {
                    running.set(false);
                }
            }
        });
    }

    /** Runs a task at each interval in a thread of its own. */
    public void every(Duration interval, Runnable task) {
        var _ = timer.scheduleAtFixedRate(
                () -> Thread.ofVirtual().start(() -> attempt(task)),
                interval.toNanos(),
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (LocalFailure e) {
            if (!timer.isShutdown()) {
                errors.accept("A schedule: " + e.getMessage());
            }
        }
    }
}
