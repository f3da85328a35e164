package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostResult;
import dev.berth.model.JobResult;
import dev.berth.model.LogHead;
import dev.berth.model.OperationEntry;
import dev.berth.model.Placement;
import dev.berth.model.TraceHeader;
import dev.berth.operation.World;
import dev.berth.port.Commit;
import dev.berth.port.Games;
import dev.berth.port.Games.Acquisition;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import dev.berth.port.Results;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Mistakes in how leases, records, claims and the log are kept. */
final class PlantedStoreBugs {
    private PlantedStoreBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.inStore("writes without the fence condition", () -> new StoreModel() {
                    @Override
                    boolean accepts(GameRow row, Lease lease) {
                        return true;
                    }
                }),
                PlantedBug.inStore("writes without the owner condition", () -> new StoreModel() {
                    @Override
                    boolean accepts(GameRow row, Lease lease) {
                        return row.fence.equals(lease.fence());
                    }
                }),
                PlantedBug.inStore("a repeated save overtakes a later one", () -> new StoreModel() {
                    @Override
                    boolean isOvertaken(GameRow row, Lease extended) {
                        return false;
                    }
                }),
                PlantedBug.inStore("the fence does not grow", () -> new StoreModel() {
                    @Override
                    Acquisition acquire(GameId game, String owner, Instant now, Instant until) {
                        Acquisition right = super.acquire(game, owner, now, until);
                        if (!(right instanceof Acquisition.Held(Lease lease, var held, var log))) {
                            return right;
                        }
                        games().get(game).fence = new Fence(1);
                        return new Acquisition.Held(new Lease(game, new Fence(1), owner, lease.until()), held, log);
                    }
                }),
                PlantedBug.inStore("a lease never runs out", () -> new StoreModel() {
                    @Override
                    Acquisition acquire(GameId game, String owner, Instant now, Instant until) {
                        return super.acquire(game, owner, Instant.EPOCH, until);
                    }
                }),
                PlantedBug.inStore("a release drops the deployment", () -> new StoreModel() {
                    @Override
                    void release(Lease lease, Optional<Deployment> deployment) {
                        super.release(lease, deployment);
                        games().get(lease.game()).deployment = deployment;
                    }
                }),
                commits(
                        "the claim is not kept",
                        c -> commit(c, c.entry(), c.givenBack(), Optional.empty(), c.deployment())),
                commits(
                        "what was reserved is not given back",
                        c -> commit(c, c.entry(), List.of(), c.claim(), c.deployment())),
                commits("what was reserved is given back twice", c -> {
                    List<Placement> twice = new ArrayList<>(c.givenBack());
                    twice.addAll(c.givenBack());
                    return commit(c, c.entry(), twice, c.claim(), c.deployment());
                }),
                PlantedBug.inGames("the deployment stays open", (games, world) -> new OtherGames(games) {
                    private Optional<Deployment> open = Optional.empty();

                    @Override
                    public Kept save(Lease lease, Deployment deployment, Duration duration) {
                        open = Optional.of(deployment);
                        return right.save(lease, deployment, duration);
                    }

                    @Override
                    public boolean commit(Lease lease, Commit c) {
                        return right.commit(
                                lease,
                                PlantedStoreBugs.commit(
                                        c,
                                        c.entry(),
                                        c.givenBack(),
                                        c.claim(),
                                        c.deployment().or(() -> open)));
                    }
                }),
                commits(
                        "the record changes without an entry",
                        c -> commit(c, Optional.empty(), c.givenBack(), c.claim(), c.deployment())),
                commits(
                        "an entry does not know the one before",
                        c -> commit(
                                c,
                                c.entry().map(PlantedStoreBugs::unchained),
                                c.givenBack(),
                                c.claim(),
                                c.deployment())),
                PlantedBug.inGames("the entry is a second write", (games, world) -> new OtherGames(games) {
                    @Override
                    public boolean commit(Lease lease, Commit c) {
                        Commit first = new Commit(
                                Optional.empty(),
                                c.record(),
                                c.spec(),
                                c.lastRequestedAt(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                true,
                                c.deployment(),
                                c.dueAt());
                        return right.commit(lease, first) && right.commit(lease, c);
                    }
                }),
                PlantedBug.inGames("the claim is not looked at when opening", (games, world) -> new OtherGames(games) {
                    @Override
                    public Opening open(
                            Lease lease, Deployment open, String key, Optional<Reservation> place, Duration duration) {
                        return right.open(lease, open, key + "?", place, duration);
                    }
                }),
                PlantedBug.inGames("the newest request is forgotten", (games, world) -> new OtherGames(games) {
                    @Override
                    public Acquisition acquire(GameId game, String key, Duration duration) {
                        Acquisition acquisition = right.acquire(game, key, duration);
                        return acquisition instanceof Acquisition.Held(Lease lease, var held, var log)
                                ? new Acquisition.Held(lease, forgetful(held), log)
                                : acquisition;
                    }
                }),
                PlantedBug.inGames("the result is told before it is kept", (games, world) -> new OtherGames(games) {
                    @Override
                    public boolean commit(Lease lease, Commit commit) {
                        commit.claim().ifPresent(claim -> world.results().publish(claim.result(), Optional.empty()));
                        return right.commit(lease, commit);
                    }
                }),
                PlantedBug.inWorld("a known result is not told again", PlantedStoreBugs::silentAboutKnown));
    }

    private static PlantedBug commits(String name, UnaryOperator<Commit> wrong) {
        return PlantedBug.inGames(name, (games, world) -> new OtherGames(games) {
            @Override
            public boolean commit(Lease lease, Commit commit) {
                return right.commit(lease, wrong.apply(commit));
            }
        });
    }

    private static Commit commit(
            Commit c,
            Optional<OperationEntry> entry,
            List<Placement> givenBack,
            Optional<Commit.FinishedJob> claim,
            Optional<Deployment> deployment) {
        return new Commit(
                entry,
                c.record(),
                c.spec(),
                c.lastRequestedAt(),
                claim,
                givenBack,
                c.taken(),
                c.keepLease(),
                deployment,
                c.dueAt());
    }

    private static OperationEntry unchained(OperationEntry e) {
        return new OperationEntry(
                e.game(),
                e.seq(),
                e.op(),
                e.job(),
                e.kind(),
                e.source(),
                e.sourceRef(),
                e.host(),
                e.image(),
                e.imageDigest(),
                e.container(),
                e.fence(),
                e.outcome(),
                e.effect(),
                e.failure(),
                e.startedAt(),
                e.finishedAt(),
                e.change(),
                LogHead.GENESIS);
    }

    private static dev.berth.port.Game forgetful(dev.berth.port.Game game) {
        return new dev.berth.port.Game(
                game.id(),
                game.fence(),
                game.record(),
                game.spec(),
                game.head(),
                game.deployment(),
                Optional.empty(),
                game.dueAt());
    }

    private static World silentAboutKnown(World world) {
        boolean[] known = new boolean[1];
        Games games = new OtherGames(world.games()) {
            @Override
            public Acquisition acquire(GameId game, String key, Duration duration) {
                Acquisition acquisition = right.acquire(game, key, duration);
                known[0] = acquisition instanceof Acquisition.Finished;
                return acquisition;
            }
        };
        return world.with(games).with(new Results() {
            @Override
            public void publish(JobResult result, Optional<TraceHeader> trace) {
                if (!known[0]) {
                    world.results().publish(result, trace);
                }
            }

            @Override
            public void publish(HostResult result, Optional<TraceHeader> trace) {
                world.results().publish(result, trace);
            }
        });
    }
}
