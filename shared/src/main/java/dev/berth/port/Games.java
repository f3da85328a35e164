package dev.berth.port;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.LogHead;
import dev.berth.model.OperationFailed;
import dev.berth.port.Commit.FinishedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The games' items: record, lease, open deployment and head of the log, one item a game.
 *
 * <p>Every write that takes a lease happens only under that lease's fence and owner; otherwise it changes nothing and
 * fails with {@code lease_lost}.
 */
public interface Games {
    /**
     * Tries to get the lease of a game, and looks beside it whether the job was finished before, and where the game's log
     * ends.
     *
     * @param claimKey as in {@link FinishedJob#key}
     * @param duration how long the lease runs
     */
    Acquisition acquire(GameId game, String claimKey, Duration duration);

    /** What came of trying to get a lease. */
    sealed interface Acquisition {
        /**
         * The lease is ours.
         *
         * @param endOfLog as the log's own entries have it; nobody else can add one as long as the lease is ours
         */
        record Held(Lease lease, Game game, LogHead endOfLog) implements Acquisition {
            /** Whether what the game knows of its log and the log itself are of one mind. */
            public boolean fitsItsLog() {
                return game.head().equals(endOfLog);
            }
        }

        /** Somebody else's, until then. */
        record Busy(Instant until) implements Acquisition {}

        /** The job is finished already; a lease that was got beside is given back. */
        record Finished(FinishedJob job) implements Acquisition {}
    }

    /**
     * Opens a deployment for a job that is not finished, and reserves its place, all or nothing.
     *
     * @param claimKey of the job; the deployment is not opened if it is finished
     */
    Opening open(
            Lease lease, Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration duration);

    /** What came of opening a deployment. */
    sealed interface Opening {
        record Opened(Lease lease) implements Opening {}

        /** The host has no room or takes no games; nothing was written. */
        record NoRoom() implements Opening {}

        /** The job is finished already; nothing was written. */
        record FinishedBefore() implements Opening {}
    }

    /**
     * Makes the fence higher than one that was found on a container which the game does not know.
     *
     * @return the lease under its new fence
     */
    Lease raise(Lease lease, Fence above);

    /** Keeps the open deployment and extends the lease. */
    Kept save(Lease lease, Deployment deployment, Duration duration);

    /** @param stopRequested the newest request of a stop that met the lease, if any did */
    record Kept(Lease lease, Optional<Instant> stopRequested) {}

    /**
     * Gives the lease back. An open deployment stays for the next attempt.
     *
     * @param deployment as it is to stay; where it is not given, one that is there stays as it is, because an opening
     *     whose answer was lost may have worked
     */
    void release(Lease lease, Optional<Deployment> deployment);

    /**
     * Ends an operation.
     *
     * @return false if the job of the claim was finished already; nothing was written
     */
    boolean commit(Lease lease, Commit commit);

    /**
     * Asks whoever holds the game to end what it does: the one write without the lease. Nothing happens if nobody does.
     *
     * @param requestedAt of the stop; whoever was requested later does not heed it
     */
    void requestStop(GameId game, Instant requestedAt);

    /**
     * Notes that the game is in use, so that it is not stopped for being idle: without the lease, and without an entry
     * in the log. An earlier touch after a later one changes nothing.
     *
     * @return false if the game does not run
     */
    boolean touch(GameId game, Instant at);

    Optional<Game> find(GameId game);

    /** Games in no particular order, at most that many. */
    List<Game> list(int limit);

    /**
     * All games, a page at a time, in an order of their own that stays the same.
     *
     * @param after where the page before ended, or any other id, known or not: it is as good a place to begin at
     * @return at most {@code limit}; fewer only at the end
     */
    List<GameId> page(Optional<GameId> after, int limit);

    /** The games whose record is bound to the host, at most that many; perhaps as they were a moment ago. */
    List<Bound> boundTo(HostId host, int limit);

    /**
     * The games about which something is to be done by now, the longest due first, at most that many: what a spec asks
     * for, or an open deployment that nobody may be at any more. Perhaps as it was a moment ago.
     */
    List<GameId> due(Instant now, int limit);

    /** @throws OperationFailed {@code store_unavailable} */
    Optional<FinishedJob> finished(String claimKey);
}
