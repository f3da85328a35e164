package dev.berth.model;

import java.util.List;
import java.util.Optional;

/**
 * Run this image for the game.
 *
 * @param spec absent on a known game: its last spec
 * @param contents of the spec's files, each once
 */
public record StartJob(GameId game, Request request, ImageRef image, Optional<RuntimeSpec> spec, List<Blob> contents)
        implements Job {
    public StartJob {
        contents = List.copyOf(contents);
    }

    @Override
    public OpKind kind() {
        return OpKind.START;
    }
}
