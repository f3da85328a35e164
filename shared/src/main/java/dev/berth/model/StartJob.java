package dev.berth.model;

import java.util.Optional;

/**
 * Run this image for the game.
 *
 * @param spec absent on a known game: its last spec
 */
public record StartJob(GameId game, Request request, ImageRef image, Optional<RuntimeSpec> spec) implements Job {
    @Override
    public OpKind kind() {
        return OpKind.START;
    }
}
