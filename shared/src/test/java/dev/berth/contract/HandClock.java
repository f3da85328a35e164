package dev.berth.contract;

import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still but for the pauses that are made on it. */
public final class HandClock implements Clock {
    private volatile Instant now = Clock.system().now();

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }
}
