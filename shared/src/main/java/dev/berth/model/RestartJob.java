package dev.berth.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Give the game a new container of the image that it has.
 *
 * @param grace how long the old one may take to end by itself, 0 to 300 s; the spec's where absent
 */
public record RestartJob(GameId game, Request request, Optional<Duration> grace) implements Job {
    @Override
    public OpKind kind() {
        return OpKind.RESTART;
    }
}
