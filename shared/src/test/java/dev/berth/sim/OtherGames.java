package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.port.Bound;
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

/** Games as they are; a planted bug overrides what it gets wrong. */
class OtherGames implements Games {
    final Games right;

    OtherGames(Games right) {
        this.right = right;
    }

    @Override
    public Acquisition acquire(GameId game, String claimKey, Duration duration) {
        return right.acquire(game, claimKey, duration);
    }

    @Override
    public Opening open(
            Lease lease, Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration duration) {
        return right.open(lease, deployment, claimKey, reservation, duration);
    }

    @Override
    public Lease raise(Lease lease, Fence above) {
        return right.raise(lease, above);
    }

    @Override
    public Kept save(Lease lease, Deployment deployment, Duration duration) {
        return right.save(lease, deployment, duration);
    }

    @Override
    public void release(Lease lease, Optional<Deployment> deployment) {
        right.release(lease, deployment);
    }

    @Override
    public boolean commit(Lease lease, Commit commit) {
        return right.commit(lease, commit);
    }

    @Override
    public void requestStop(GameId game, Instant requestedAt) {
        right.requestStop(game, requestedAt);
    }

    @Override
    public boolean touch(GameId game, Instant at) {
        return right.touch(game, at);
    }

    @Override
    public Optional<Game> find(GameId game) {
        return right.find(game);
    }

    @Override
    public List<Game> list(int limit) {
        return right.list(limit);
    }

    @Override
    public List<GameId> page(Optional<GameId> after, int limit) {
        return right.page(after, limit);
    }

    @Override
    public List<Bound> boundTo(HostId host, int limit) {
        return right.boundTo(host, limit);
    }

    @Override
    public List<GameId> due(Instant now, int limit) {
        return right.due(now, limit);
    }

    @Override
    public Optional<FinishedJob> finished(String claimKey) {
        return right.finished(claimKey);
    }
}
