package dev.berth.ledger;

import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock on which it is always the same time. */
record StoppedClock(Instant now) implements Clock {
    static StoppedClock at(Instant now) {
        return new StoppedClock(now);
    }

    @Override
    public void pause(Duration duration) {
        throw new UnsupportedOperationException("nobody waits here");
    }
}
