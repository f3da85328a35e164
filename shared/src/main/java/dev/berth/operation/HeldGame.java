package dev.berth.operation;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.Limits;
import dev.berth.port.Clock;
import dev.berth.port.Commit;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A game under our lease: every write of it goes through here, so that lease, deployment and record are always those of
 * the last write. Used by one thread.
 */
final class HeldGame {
    private final Games games;
    private final Clock clock;
    private final Delivery delivery;
    private final OperationTelling telling;
    private Lease lease;
    private Game game;
    private boolean released;

    HeldGame(Games games, Clock clock, Delivery delivery, OperationTelling telling, Lease lease, Game game) {
        this.games = games;
        this.clock = clock;
        this.delivery = delivery;
        this.telling = telling;
        this.lease = lease;
        this.game = game;
    }

    /** How long a lease runs: not much longer than whoever takes it can live. */
    static Duration leaseTime(Instant now, Instant endsAt) {
        Duration left = Duration.between(now, endsAt).plus(Limits.LEASE_EXTRA);
        return left.compareTo(Limits.LEASE) < 0 ? left : Limits.LEASE;
    }

    Game game() {
        return game;
    }

    /** Under which circumstances we hold it. */
    Delivery delivery() {
        return delivery;
    }

    /** Who is to hear of what is done with it. */
    OperationTelling telling() {
        return telling;
    }

    Fence fence() {
        return lease.fence();
    }

    /** What is left of lease and attempt, whichever ends first. */
    Duration left() {
        Instant end = lease.until().isBefore(delivery.endsAt()) ? lease.until() : delivery.endsAt();
        return Duration.between(clock.now(), end);
    }

    /** What is left of the lease as it is. */
    Duration leftOfLease() {
        return Duration.between(clock.now(), lease.until());
    }

    /** What is left of the attempt, however often the lease is extended. */
    Duration leftOfAttempt() {
        return Duration.between(clock.now(), delivery.endsAt());
    }

    /** Makes our fence higher than one that was found on a container which nobody knows. */
    void raise(Fence above) {
        lease = games.raise(lease, above);
    }

    Games.Opening open(Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration atLeast) {
        Games.Opening opening = games.open(lease, deployment, claimKey, reservation, duration(atLeast));
        if (opening instanceof Games.Opening.Opened(Lease extended)) {
            lease = extended;
            keep(deployment);
        }
        return opening;
    }

    /** @return when a stop was requested that asks for the deployment's end, if one was */
    Optional<Instant> save(Deployment deployment, Duration atLeast) {
        Games.Kept kept = games.save(lease, deployment, duration(atLeast));
        lease = kept.lease();
        keep(deployment);
        return kept.stopRequested();
    }

    boolean commit(Commit commit) {
        if (!games.commit(lease, commit)) {
            return false;
        }
        released = !commit.keepLease();
        lease = lease.extendedTo(lease.until());
        game = new Game(
                game.id(),
                lease.fence(),
                commit.record(),
                commit.spec(),
                commit.entry().map(Bookkeeping::head).orElse(game.head()),
                commit.deployment(),
                commit.lastRequestedAt(),
                commit.setsDue() ? commit.dueAt() : game.dueAt());
        commit.entry().ifPresent(telling::appended);
        return true;
    }

    /** Gives the lease back; does nothing if a commit has given it back already. */
    void release(Optional<Deployment> deployment) {
        if (!released) {
            games.release(lease, deployment);
            released = true;
        }
    }

    private Duration duration(Duration atLeast) {
        Duration usual = leaseTime(clock.now(), delivery.endsAt());
        return usual.compareTo(atLeast) < 0 ? atLeast : usual;
    }

    private void keep(Deployment deployment) {
        game = new Game(
                game.id(),
                lease.fence(),
                game.record(),
                game.spec(),
                game.head(),
                Optional.of(deployment),
                game.lastRequestedAt(),
                game.dueAt());
    }
}
