package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.OperationEntry;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Game;
import dev.berth.port.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one item of a game, and the rows of its log. */
final class GameRow {
    final GameId id;
    final List<OperationEntry> log = new ArrayList<>();
    Fence fence = new Fence(0);
    Optional<String> owner = Optional.empty();
    Instant leaseUntil = Instant.EPOCH;
    Optional<Deployment> deployment = Optional.empty();
    Optional<RuntimeRecord> record = Optional.empty();
    Optional<RuntimeSpec> spec = Optional.empty();
    LogHead head = LogHead.EMPTY;
    Optional<Instant> lastRequestedAt = Optional.empty();
    Optional<Instant> stopRequested = Optional.empty();
    Optional<Instant> dueAt = Optional.empty();
    Optional<Instant> recoverAt = Optional.empty();
    Instant lastTouchedAt = Instant.EPOCH;

    /** What the open deployment has reserved: not a part of the item, but what the reservations must add up to. */
    Optional<Placement> reservedByDeployment = Optional.empty();

    GameRow(GameId id) {
        this.id = id;
    }

    boolean isHeldBy(Lease lease) {
        return fence.equals(lease.fence()) && owner.equals(Optional.of(lease.owner()));
    }

    boolean isFree(Instant now) {
        return owner.isEmpty() || leaseUntil.isBefore(now);
    }

    Game game() {
        return new Game(id, fence, record, spec, head, deployment, lastRequestedAt, dueAt);
    }
}
