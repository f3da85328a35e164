package dev.berth.model;

import java.time.Instant;
import java.util.List;

/**
 * The container of a game as it was last proven.
 *
 * @param id Docker's id; changes are made by id only, never by name
 * @param fence of the attempt that created it, as on its label
 */
public record GameContainer(String id, Fence fence, List<Endpoint> endpoints, Instant startedAt) {
    public GameContainer {
        endpoints = List.copyOf(endpoints);
    }
}
