package dev.berth.contract;

import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still but for the pauses that are made on it. */
public final class HandClock implements Clock {
    private volatile Instant now;

    public HandClock() {
        this(Clock.system().now());
    }

    private HandClock(Instant now) {
        this.now = now;
    }

    public static HandClock at(Instant now) {
        return new HandClock(now);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }
}
