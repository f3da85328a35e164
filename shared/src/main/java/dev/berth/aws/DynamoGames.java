package dev.berth.aws;

import static dev.berth.aws.Beside.beside;
import static dev.berth.aws.Beside.joined;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.LogHead;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationFailed;
import dev.berth.port.Bound;
import dev.berth.port.Clock;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Lease;
import dev.berth.port.OperationLog;
import dev.berth.port.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The games' items in DynamoDB: a lease is a conditional write, and every other write is conditional on the lease. */
public final class DynamoGames implements Games {
    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Clock clock;
    private final GameLeases leases;
    private final GameOpening opening;
    private final GameEnding ending;
    private final GameQueries queries;
    private final FinishedJobs finishedJobs;
    private final DynamoOperationLog log;

    public DynamoGames(DynamoDbClient dynamo, Tables tables, Clock clock) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.clock = clock;
        this.leases = new GameLeases(dynamo, tables, clock);
        this.opening = new GameOpening(dynamo, tables, clock);
        this.ending = new GameEnding(dynamo, tables, clock);
        this.queries = new GameQueries(dynamo, tables);
        this.finishedJobs = new FinishedJobs(dynamo, tables);
        this.log = new DynamoOperationLog(dynamo, tables);
    }

    @Override
    public Acquisition acquire(GameId game, String claimKey, Duration duration) {
        CompletableFuture<Optional<FinishedJob>> claim = beside(() -> finishedJobs.find(claimKey));
        CompletableFuture<LogHead> newest = beside(() -> log.newest(game));
        try {
            return acquire(game, duration, claim, newest);
        } finally {
            // A sandbox is frozen once its jobs are answered: nothing may be under way then.
            CompletableFuture.allOf(claim, newest).handle((_, _) -> true).join();
        }
    }

    private Acquisition acquire(
            GameId game,
            Duration duration,
            CompletableFuture<Optional<FinishedJob>> claim,
            CompletableFuture<LogHead> newest) {
        GameLeases.Take take = leases.take(game, duration);
        try {
            Optional<FinishedJob> finished = joined(claim);
            if (finished.isEmpty()) {
                return acquisition(take, joined(newest));
            }
            giveBack(take);
            return new Acquisition.Finished(finished.get());
        } catch (OperationFailed failure) {
            giveBack(take);
            throw failure;
        }
    }

    private Acquisition acquisition(GameLeases.Take take, LogHead seen) {
        return switch (take) {
            case GameLeases.Take.Taken(Lease lease, Game game) ->
                new Acquisition.Held(lease, game, endOfLog(game, seen));
            case GameLeases.Take.Busy(Instant until) -> new Acquisition.Busy(until);
        };
    }

    /**
     * The log was looked at before the game was ours, and a query may be late by a moment: before the log counts as
     * shorter than the game knows, the entry itself is asked for.
     */
    private LogHead endOfLog(Game game, LogHead seen) {
        LogHead head = game.head();
        if (seen.equals(head) || seen.seq() > head.seq()) {
            return seen;
        }
        return log.find(new OperationLog.Key(game.id(), head.seq()))
                .map(LoggedEntry::head)
                .orElse(seen);
    }

    private void giveBack(GameLeases.Take take) {
        if (take instanceof GameLeases.Take.Taken(Lease lease, Game game)) {
            release(lease, game.deployment());
        }
    }

    @Override
    public Opening open(
            Lease lease, Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration duration) {
        Lease extended = lease.extendedTo(clock.now().plus(duration));
        return opening.open(extended, deployment, claimKey, reservation);
    }

    @Override
    public Lease raise(Lease lease, Fence above) {
        return leases.raise(lease, above);
    }

    @Override
    public Kept save(Lease lease, Deployment deployment, Duration duration) {
        return leases.save(lease, deployment, duration);
    }

    @Override
    public void release(Lease lease, Optional<Deployment> deployment) {
        leases.release(lease, deployment);
    }

    @Override
    public boolean commit(Lease lease, Commit commit) {
        return ending.commit(lease, commit);
    }

    @Override
    public void requestStop(GameId game, Instant requestedAt) {
        new StopRequest(dynamo, tables, game, requestedAt).leave();
    }

    @Override
    public boolean touch(GameId game, Instant at) {
        return new Touch(dynamo, tables, game, at).of(() -> find(game));
    }

    @Override
    public Optional<Game> find(GameId game) {
        return queries.find(game);
    }

    @Override
    public List<Game> list(int limit) {
        return queries.list(limit);
    }

    @Override
    public List<GameId> page(Optional<GameId> after, int limit) {
        return queries.page(after, limit);
    }

    @Override
    public List<Bound> boundTo(HostId host, int limit) {
        return queries.boundTo(host, limit);
    }

    @Override
    public List<GameId> due(Instant now, int limit) {
        return queries.due(now, limit);
    }

    @Override
    public Optional<FinishedJob> finished(String claimKey) {
        return finishedJobs.find(claimKey);
    }
}
