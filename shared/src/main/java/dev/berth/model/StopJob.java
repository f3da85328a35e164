package dev.berth.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Stop the game's container and keep it as a tombstone.
 *
 * @param grace how long it may take to end by itself, 0 to 300 s; the spec's where absent
 */
public record StopJob(GameId game, Request request, StopReason reason, Optional<Duration> grace) implements Job {
    @Override
    public OpKind kind() {
        return OpKind.STOP;
    }
}
