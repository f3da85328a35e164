package dev.berth.functions;

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
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Games of which one kills whoever asks for it, and every other one is held by somebody else. */
final class DyingGames implements Games {
    private final Collection<String> asked;

    DyingGames(Collection<String> asked) {
        this.asked = asked;
    }

    @Override
    public Acquisition acquire(GameId game, String claimKey, Duration duration) {
        asked.add(game.value());
        if (game.value().equals("dying")) {
            throw new OutOfMemoryError("simulated");
        }
        return new Acquisition.Busy(Instant.EPOCH);
    }

    @Override
    public void requestStop(GameId game, Instant requestedAt) {}

    @Override
    public Opening open(
            Lease lease, Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration duration) {
        throw nobodyHoldsIt();
    }

    @Override
    public Lease raise(Lease lease, Fence above) {
        throw nobodyHoldsIt();
    }

    @Override
    public Kept save(Lease lease, Deployment deployment, Duration duration) {
        throw nobodyHoldsIt();
    }

    @Override
    public void release(Lease lease, Optional<Deployment> deployment) {
        throw nobodyHoldsIt();
    }

    @Override
    public boolean commit(Lease lease, Commit commit) {
        throw nobodyHoldsIt();
    }

    @Override
    public boolean touch(GameId game, Instant at) {
        return false;
    }

    @Override
    public Optional<Game> find(GameId game) {
        return Optional.empty();
    }

    @Override
    public List<Game> list(int limit) {
        return List.of();
    }

    @Override
    public List<GameId> page(Optional<GameId> after, int limit) {
        return List.of();
    }

    @Override
    public List<Bound> boundTo(HostId host, int limit) {
        return List.of();
    }

    @Override
    public List<GameId> due(Instant now, int limit) {
        return List.of();
    }

    @Override
    public Optional<FinishedJob> finished(String claimKey) {
        return Optional.empty();
    }

    private static IllegalStateException nobodyHoldsIt() {
        return new IllegalStateException("the test never gets a lease");
    }
}
