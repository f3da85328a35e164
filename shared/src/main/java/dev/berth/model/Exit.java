package dev.berth.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How a container ended.
 *
 * @param code its exit code; absent where the container was gone before it could be asked
 */
public record Exit(Optional<Integer> code, boolean oomKilled, Instant at) {}
