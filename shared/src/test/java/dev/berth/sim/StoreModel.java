package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.Blob;
import dev.berth.model.Due;
import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.OperationFailed;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.Sha256;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Games.Kept;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a stack. Each method is one request to them: all of it happens at once, or nothing. */
class StoreModel {
    private final Map<GameId, GameRow> games = new LinkedHashMap<>();
    private final Map<String, FinishedJob> claims = new LinkedHashMap<>();
    private final Map<String, Blob> blobs = new LinkedHashMap<>();
    private final HostsModel hosts = new HostsModel();
    private final IndexModel indexes = new IndexModel();
    private Watch watch = new Watch() {};

    /** Is told of each write, after it was made. */
    interface Watch {
        default void wrote(GameRow row, Lease under) {}

        default void saved(GameRow row, Lease under) {}

        default void committed(GameRow row, Lease under, Commit commit, Optional<Deployment> deployment) {}

        default void noted(Host before, Host after) {}
    }

    void watchedBy(Watch watcher) {
        watch = watcher;
        hosts.watchedBy(watcher::noted);
    }

    Map<GameId, GameRow> games() {
        return games;
    }

    Map<String, FinishedJob> claims() {
        return claims;
    }

    Map<String, Blob> blobs() {
        return blobs;
    }

    // --- leases ---

    Acquisition acquire(GameId game, String owner, Instant now, Instant until) {
        GameRow row = games.computeIfAbsent(game, GameRow::new);
        if (row.owner.equals(Optional.of(owner))) {
            // The same request, repeated by the client library.
            return new Acquisition.Held(new Lease(game, row.fence, owner, row.leaseUntil), row.game(), row.endOfLog());
        }
        if (!row.isFree(now)) {
            return new Acquisition.Busy(row.leaseUntil);
        }
        row.fence = new Fence(row.fence.value() + 1);
        row.owner = Optional.of(owner);
        row.leaseUntil = until;
        row.stopRequested = Optional.empty();
        Lease lease = new Lease(game, row.fence, owner, until);
        watch.wrote(row, lease);
        return new Acquisition.Held(lease, row.game(), row.endOfLog());
    }

    Opening open(Lease extended, Deployment deployment, String claimKey, Optional<Reservation> place) {
        GameRow row = held(extended);
        if (claims.containsKey(claimKey)) {
            return new Opening.FinishedBefore();
        }
        if (place.isPresent() && !hosts.hasRoom(place.get())) {
            return new Opening.NoRoom();
        }
        place.ifPresent(there -> {
            hosts.reserve(there.placement(), 1);
            row.reservedByDeployment = Optional.of(there.placement());
        });
        row.leaseUntil = extended.until();
        row.recoverAt = Optional.of(extended.until());
        row.deployment = Optional.of(deployment);
        indexes.follow(row);
        watch.wrote(row, extended);
        return new Opening.Opened(extended);
    }

    Lease raise(Lease lease, Fence above) {
        Fence raised = new Fence(Math.max(lease.fence().value(), above.value() + 1));
        Lease higher = new Lease(lease.game(), raised, lease.owner(), lease.until());
        GameRow row = games.get(lease.game());
        // The same request, repeated by the client library.
        if (row == null || !row.isHeldBy(higher)) {
            row = held(lease);
        }
        row.fence = raised;
        watch.wrote(row, higher);
        return higher;
    }

    Kept save(Lease extended, Deployment deployment) {
        GameRow row = held(extended);
        if (isOvertaken(row, extended)) {
            throw new OperationFailed(ErrorCode.LEASE_LOST, "a later write was made already");
        }
        row.leaseUntil = extended.until();
        row.deployment = Optional.of(deployment);
        watch.saved(row, extended);
        return new Kept(extended, row.stopRequested);
    }

    /** Whether a later write was made under the same lease. */
    boolean isOvertaken(GameRow row, Lease extended) {
        return row.leaseUntil.isAfter(extended.until());
    }

    void release(Lease lease, Optional<Deployment> deployment) {
        GameRow row = held(lease);
        row.deployment = deployment.or(() -> row.deployment);
        row.stopRequested = Optional.empty();
        row.owner = Optional.empty();
        watch.wrote(row, lease);
    }

    void requestStop(GameId game, Instant at) {
        GameRow row = games.get(game);
        if (row != null
                && row.owner.isPresent()
                && row.stopRequested.map(at::isAfter).orElse(true)) {
            row.stopRequested = Optional.of(at);
        }
    }

    private GameRow held(Lease lease) {
        GameRow row = games.get(lease.game());
        if (row == null || !accepts(row, lease)) {
            throw new OperationFailed(ErrorCode.LEASE_LOST, "another attempt has taken over the game");
        }
        return row;
    }

    /** Whether a write under that lease is allowed. */
    boolean accepts(GameRow row, Lease lease) {
        return row.isHeldBy(lease);
    }

    // --- ends ---

    boolean commit(Lease lease, Commit commit) {
        GameRow row = held(lease);
        if (commit.claim().filter(job -> claims.containsKey(job.key())).isPresent()) {
            return false;
        }
        if (commit.entry().filter(entry -> entry.seq() <= row.log.size()).isPresent()) {
            throw new OperationFailed(ErrorCode.LOG_CORRUPT, "the log goes on beyond the head that the game knows");
        }
        hosts.requireRegistered(commit.givenBack());
        hosts.requireRegistered(commit.taken());
        Optional<Deployment> deployment = row.deployment;
        commit.claim().ifPresent(job -> claims.put(job.key(), job));
        commit.entry().ifPresent(row::append);
        commit.givenBack().forEach(place -> hosts.reserve(place, -1));
        commit.taken().forEach(place -> hosts.reserve(place, 1));
        row.record = commit.record();
        if (row.record.flatMap(RuntimeRecord::placement).equals(row.reservedByDeployment)) {
            // From now on the record owes it.
            row.reservedByDeployment = Optional.empty();
        }
        row.spec = commit.spec();
        row.lastRequestedAt = commit.lastRequestedAt().or(() -> row.lastRequestedAt);
        if (commit.keepLease()) {
            row.leaseUntil = lease.extendedTo(lease.until()).until();
        } else {
            row.owner = Optional.empty();
        }
        row.deployment = commit.deployment();
        if (commit.deployment().isEmpty()) {
            row.stopRequested = Optional.empty();
            row.recoverAt = Optional.empty();
            row.reservedByDeployment = Optional.empty();
        }
        if (commit.setsDue()) {
            row.dueAt = commit.dueAt();
        }
        indexes.follow(row);
        watch.committed(row, lease, commit, deployment);
        return true;
    }

    boolean touch(GameId game, Instant at) {
        GameRow row = games.get(game);
        if (row == null
                || row.record
                        .filter(record -> record.status() == RuntimeStatus.RUNNING)
                        .isEmpty()) {
            return false;
        }
        if (row.lastTouchedAt.isBefore(at)) {
            row.lastTouchedAt = at;
            row.dueAt = Due.at(row.record, row.spec, at)
                    .filter(when -> row.dueAt.map(when::isAfter).orElse(true))
                    .or(() -> row.dueAt);
            indexes.follow(row);
        }
        return true;
    }

    // --- reading ---

    Optional<Game> find(GameId game) {
        return Optional.ofNullable(games.get(game)).map(GameRow::game);
    }

    List<Game> list(int limit) {
        return games.values().stream().limit(limit).map(GameRow::game).toList();
    }

    /** In the order of their hashes, as good as any. */
    List<GameId> page(Optional<GameId> after, int limit) {
        return games.keySet().stream()
                .sorted(Comparator.comparing(StoreModel::place))
                .filter(game -> after.map(last -> place(last).compareTo(place(game)) < 0)
                        .orElse(true))
                .limit(limit)
                .toList();
    }

    private static String place(GameId game) {
        return Sha256.hex(game.value());
    }

    Optional<FinishedJob> finished(String claimKey) {
        return Optional.ofNullable(claims.get(claimKey));
    }

    IndexModel indexes() {
        return indexes;
    }

    HostsModel registry() {
        return hosts;
    }

    List<Host> hosts() {
        return hosts.all();
    }

    void register(Host host) {
        hosts.register(host);
    }

    /** What the open deployments have reserved beside the records. */
    List<Placement> reservedByDeployments() {
        return games.values().stream()
                .flatMap(row -> row.reservedByDeployment.stream())
                .toList();
    }
}
