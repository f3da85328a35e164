package dev.berth.port;

import dev.berth.model.Fence;
import dev.berth.model.GameId;
import java.time.Instant;

/**
 * The exclusive, expiring right to change one game.
 *
 * @param owner unique to the attempt that took it
 * @param until when it runs out, by the clock of whoever took it
 */
public record Lease(GameId game, Fence fence, String owner, Instant until) {
    /** The same lease for longer: never for less, so that its writes can be told apart by their order. */
    public Lease extendedTo(Instant later) {
        return new Lease(game, fence, owner, later.isAfter(until) ? later : until.plusMillis(1));
    }
}
