package dev.berth.functions;

import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** The machine's clock, moved forward by a test that does not want to wait. */
final class MovedClock implements Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant now() {
        return Clock.system().now().plus(ahead.get());
    }

    @Override
    public void pause(Duration duration) {
        Clock.system().pause(duration);
    }

    void forward(Duration by) {
        ahead.updateAndGet(by::plus);
    }
}
