package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationEntry;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.Game;
import dev.berth.port.Lease;
import dev.berth.wire.EntryJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one item of a game, and the rows of its log. */
final class GameRow {
    final GameId id;
    /** All that was ever committed. */
    final List<OperationEntry> log = new ArrayList<>();

    /** Rows of the log that are not as they were committed, by their seq; empty where one was removed. */
    final Map<Long, Optional<LoggedEntry>> changedRows = new HashMap<>();

    /** Those that were read, to be made once. */
    private final Map<Long, LoggedEntry> asCommitted = new HashMap<>();

    Fence fence = new Fence(0);
    Optional<String> owner = Optional.empty();
    Instant leaseUntil = Instant.EPOCH;
    Optional<Deployment> deployment = Optional.empty();
    Optional<RuntimeRecord> record = Optional.empty();
    Optional<RuntimeSpec> spec = Optional.empty();
    LogHead head = LogHead.EMPTY;
    private LogHead endOfLog = LogHead.EMPTY;
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

    /** The row of an entry as it stands. */
    Optional<LoggedEntry> row(OperationEntry entry) {
        return changedRows.containsKey(entry.seq())
                ? changedRows.get(entry.seq())
                : Optional.of(asCommitted.computeIfAbsent(entry.seq(), _ -> EntryJson.logged(entry)));
    }

    /** The end of the log as its rows have it. */
    LogHead endOfLog() {
        if (changedRows.isEmpty()) {
            return endOfLog;
        }
        return log.reversed().stream()
                .flatMap(entry -> row(entry).stream())
                .findFirst()
                .map(LoggedEntry::head)
                .orElse(LogHead.EMPTY);
    }

    void append(OperationEntry entry) {
        log.add(entry);
        head = new LogHead(entry.seq(), EntryJson.hash(entry));
        endOfLog = head;
    }

    Game game() {
        return new Game(id, fence, record, spec, head, deployment, lastRequestedAt, dueAt);
    }
}
