package dev.berth.port;

import java.time.Duration;
import java.time.Instant;

/** Time, as told and as waited for. It decides liveness only; safety comes from the fence. */
public interface Clock {
    /** To the millisecond, as it is written everywhere. */
    Instant now();

    /** Waits; an interruption ends the wait with an exception. */
    void pause(Duration duration);

    /** The machine's own clock. */
    static Clock system() {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.ofEpochMilli(System.currentTimeMillis());
            }

            @Override
            public void pause(Duration duration) {
                try {
                    Thread.sleep(duration);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while waiting", e);
                }
            }
        };
    }
}
