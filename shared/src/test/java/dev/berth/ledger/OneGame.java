package dev.berth.ledger;

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
import java.util.function.Supplier;

/** Games that are looked at and never changed. */
record OneGame(Supplier<Optional<Game>> known) implements Games {
    /** As its log has it. */
    static OneGame of(Chain chain) {
        return new OneGame(() -> Optional.of(item(chain)));
    }

    static Game item(Chain chain) {
        return new Game(
                chain.game,
                new Fence(chain.length() * 2L),
                chain.record(chain.length()),
                Optional.empty(),
                chain.head(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Optional<Game> find(GameId game) {
        return known.get().filter(each -> each.id().equals(game));
    }

    @Override
    public List<GameId> page(Optional<GameId> after, int limit) {
        return list(limit).stream().map(Game::id).toList();
    }

    @Override
    public List<Game> list(int limit) {
        return known.get().stream().limit(limit).toList();
    }

    private static UnsupportedOperationException changed() {
        return new UnsupportedOperationException("whoever reads a log changes nothing");
    }

    @Override
    public Acquisition acquire(GameId game, String claimKey, Duration duration) {
        throw changed();
    }

    @Override
    public Opening open(
            Lease lease, Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration duration) {
        throw changed();
    }

    @Override
    public Lease raise(Lease lease, Fence above) {
        throw changed();
    }

    @Override
    public Kept save(Lease lease, Deployment deployment, Duration duration) {
        throw changed();
    }

    @Override
    public void release(Lease lease, Optional<Deployment> deployment) {
        throw changed();
    }

    @Override
    public boolean commit(Lease lease, Commit commit) {
        throw changed();
    }

    @Override
    public void requestStop(GameId game, Instant requestedAt) {
        throw changed();
    }

    @Override
    public boolean touch(GameId game, Instant at) {
        throw changed();
    }

    @Override
    public List<Bound> boundTo(HostId host, int limit) {
        throw changed();
    }

    @Override
    public List<GameId> due(Instant now, int limit) {
        throw changed();
    }

    @Override
    public Optional<FinishedJob> finished(String claimKey) {
        throw changed();
    }
}
