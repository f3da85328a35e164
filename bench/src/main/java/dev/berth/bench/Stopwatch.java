package dev.berth.bench;

import java.time.Duration;

/** How long something takes. */
final class Stopwatch {
    private final long began = System.nanoTime();

    static Duration of(Runnable work) {
        Stopwatch watch = new Stopwatch();
        work.run();
        return watch.elapsed();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
