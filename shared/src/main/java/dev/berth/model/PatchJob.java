package dev.berth.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Give the game a new container of another patch version of its image.
 *
 * @param grace how long the old one may take to end by itself, 0 to 300 s; the spec's where absent
 */
public record PatchJob(GameId game, Request request, ImageRef image, Optional<Duration> grace) implements Job {
    @Override
    public OpKind kind() {
        return OpKind.PATCH;
    }
}
