package dev.berth.port;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is known of a game, as its one item holds it.
 *
 * @param fence of the lease that was taken last
 * @param record empty while no start of the game has succeeded
 * @param spec the last spec that a start succeeded with
 * @param deployment the operation that was begun and is not finished
 * @param lastRequestedAt of the newest request that was applied
 * @param dueAt when something is to be done about it by itself: idle for too long, kept for long enough
 */
public record Game(
        GameId id,
        Fence fence,
        Optional<RuntimeRecord> record,
        Optional<RuntimeSpec> spec,
        LogHead head,
        Optional<Deployment> deployment,
        Optional<Instant> lastRequestedAt,
        Optional<Instant> dueAt) {

    /** Whether anything was ever logged of it. */
    public boolean known() {
        return head.seq() > 0;
    }
}
