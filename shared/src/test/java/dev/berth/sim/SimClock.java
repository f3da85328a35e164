package dev.berth.sim;

import dev.berth.port.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of one sandbox: off by something, and perhaps faster or slower than the true one.
 *
 * @param perMille its own milliseconds in a true second
 */
record SimClock(Scheduler scheduler, long offsetMillis, long perMille) {
    static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    static SimClock exact(Scheduler scheduler) {
        return new SimClock(scheduler, 0, 1000);
    }

    Instant now() {
        return BEGIN.plusMillis(scheduler.now() * perMille / 1000 + offsetMillis);
    }

    /** How long such a time of this clock is in truth. */
    long trueMillis(Duration duration) {
        return Math.max(0, duration.toMillis() * 1000 / perMille);
    }

    /** For models that have no thread that could wait. */
    Clock withoutPausing() {
        return new Clock() {
            @Override
            public Instant now() {
                return SimClock.this.now();
            }

            @Override
            public void pause(Duration duration) {
                throw new IllegalStateException("nobody can wait here");
            }
        };
    }
}
