package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OperationFailed;
import dev.berth.port.Bound;
import dev.berth.port.Clock;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The games' items in a {@link StoreModel}, asked for in the same requests as those of the real adapter. */
final class ModelGames implements Games {
    private final StoreModel store;
    private final Clock clock;
    private final Line line;

    /** The way to the store. */
    interface Line {
        <T> T request(String what, Supplier<T> effect);

        /** A transaction, which takes effect once however often the client library sends it. */
        <T> T transaction(String what, Supplier<T> effect);

        String newOwner();

        /** Whether of the two requests of an acquire, which run side by side, the look at the claim comes first. */
        default boolean claimFirst() {
            return true;
        }

        /** Whether an index has not yet followed the last change of each game. */
        default boolean indexIsLate() {
            return false;
        }

        default void acquired(Lease lease) {}
    }

    ModelGames(StoreModel store, Clock clock, Line line) {
        this.store = store;
        this.clock = clock;
        this.line = line;
    }

    @Override
    public Acquisition acquire(GameId game, String claimKey, Duration duration) {
        if (line.claimFirst()) {
            Optional<FinishedJob> finished;
            try {
                finished = finished(claimKey);
            } catch (OperationFailed unknown) {
                releaseIfHeld(take(game, duration));
                throw unknown;
            }
            return unlessFinished(finished, take(game, duration));
        }
        Acquisition acquisition = take(game, duration);
        try {
            return unlessFinished(finished(claimKey), acquisition);
        } catch (OperationFailed unknown) {
            releaseIfHeld(acquisition);
            throw unknown;
        }
    }

    private Acquisition take(GameId game, Duration duration) {
        String owner = line.newOwner();
        Instant now = clock.now();
        Acquisition acquisition =
                line.request("acquire " + game, () -> store.acquire(game, owner, now, now.plus(duration)));
        if (acquisition instanceof Acquisition.Held(Lease lease, Game _, var _)) {
            line.acquired(lease);
        }
        return acquisition;
    }

    private Acquisition unlessFinished(Optional<FinishedJob> finished, Acquisition acquisition) {
        if (finished.isEmpty()) {
            return acquisition;
        }
        releaseIfHeld(acquisition);
        return new Acquisition.Finished(finished.get());
    }

    private void releaseIfHeld(Acquisition acquisition) {
        if (acquisition instanceof Acquisition.Held(Lease lease, Game game, var _)) {
            release(lease, game.deployment());
        }
    }

    @Override
    public Opening open(
            Lease lease, Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration duration) {
        Lease extended = lease.extendedTo(clock.now().plus(duration));
        return line.transaction(
                "open " + describe(deployment)
                        + reservation.map(place -> " on " + place.host().id()).orElse(""),
                () -> store.open(extended, deployment, claimKey, reservation));
    }

    @Override
    public Lease raise(Lease lease, Fence above) {
        Lease raised = line.request("raise the fence above " + above, () -> store.raise(lease, above));
        line.acquired(raised);
        return raised;
    }

    @Override
    public Kept save(Lease lease, Deployment deployment, Duration duration) {
        Lease extended = lease.extendedTo(clock.now().plus(duration));
        return line.request("save " + describe(deployment), () -> store.save(extended, deployment));
    }

    @Override
    public void release(Lease lease, Optional<Deployment> deployment) {
        line.request(
                "release"
                        + deployment.map(open -> ", leaving " + describe(open)).orElse(""),
                () -> {
                    store.release(lease, deployment);
                    return "released";
                });
    }

    private static String describe(Deployment deployment) {
        return deployment.action() + " at \"" + deployment.stepName() + "\" (" + deployment.status() + ")";
    }

    @Override
    public boolean commit(Lease lease, Commit commit) {
        return line.transaction(
                "commit "
                        + commit.entry()
                                .map(entry -> entry.kind() + " " + entry.outcome() + " as entry " + entry.seq())
                                .orElse("without entry"),
                () -> store.commit(lease, commit));
    }

    @Override
    public void requestStop(GameId game, Instant requestedAt) {
        line.request("ask for the end of what runs on " + game, () -> {
            store.requestStop(game, requestedAt);
            return "asked";
        });
    }

    @Override
    public boolean touch(GameId game, Instant at) {
        return line.request("touch " + game, () -> store.touch(game, at));
    }

    @Override
    public Optional<Game> find(GameId game) {
        return line.request("look at " + game, () -> store.find(game));
    }

    @Override
    public List<Game> list(int limit) {
        return line.request("list games", () -> store.list(limit));
    }

    @Override
    public List<GameId> page(Optional<GameId> after, int limit) {
        return line.request("list more games", () -> store.page(after, limit));
    }

    @Override
    public List<Bound> boundTo(HostId host, int limit) {
        boolean late = line.indexIsLate();
        return line.request("list the games on " + host, () -> store.indexes().boundTo(host, limit, late));
    }

    @Override
    public List<GameId> due(Instant now, int limit) {
        boolean late = line.indexIsLate();
        return line.request("list what is due", () -> store.indexes().due(now, limit, late));
    }

    @Override
    public Optional<FinishedJob> finished(String claimKey) {
        return line.request("look for the result of " + claimKey, () -> store.finished(claimKey));
    }
}
