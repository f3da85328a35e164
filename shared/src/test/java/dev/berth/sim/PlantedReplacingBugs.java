package dev.berth.sim;

import dev.berth.action.Deployment;
import dev.berth.model.PortSpec;
import dev.berth.operation.ChangedOperations;
import dev.berth.operation.Operations;
import dev.berth.operation.World;
import dev.berth.port.Commit;
import dev.berth.port.ContainerPlan;
import dev.berth.port.Games;
import dev.berth.port.Lease;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Mistakes where an old container gives way to a new one, comes back. */
final class PlantedReplacingBugs {
    private static final String ASIDE = ".prev-";

    private PlantedReplacingBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.inHost("the old container is removed, not set aside", (host, world) -> new OtherHost(host) {
                    @Override
                    public boolean rename(String id, String name) {
                        if (name.contains(ASIDE)) {
                            right.remove(id);
                            return true;
                        }
                        return right.rename(id, name);
                    }
                }),
                PlantedBug.inHost("the new container gets other ports", (host, world) -> new OtherHost(host) {
                    @Override
                    public Creation create(ContainerPlan plan) {
                        return right.create(with(
                                plan,
                                plan.ports().stream()
                                        .map(PlantedReplacingBugs::moved)
                                        .toList()));
                    }
                }),
                changed("the old container is not started again", ChangedOperations::withoutStartingAgain),
                changed("what is decided is undone all the same", ChangedOperations::withoutDecision),
                commits("an inner commit forgets how far it is", PlantedReplacingBugs::forgetful),
                commits("an inner commit closes the outer one", PlantedReplacingBugs::closing));
    }

    private static PlantedBug changed(String name, Function<World, Operations> wrong) {
        return new PlantedBug(name, new Setup() {
            @Override
            public Operations operations(World world) {
                return wrong.apply(world);
            }
        });
    }

    private static PlantedBug commits(String name, Function<Games, Games> wrong) {
        return PlantedBug.inGames(name, (games, world) -> wrong.apply(games));
    }

    private static Games forgetful(Games games) {
        return changedInner(
                games,
                inner -> commit(
                        inner,
                        inner.deployment()
                                .map(open -> open.withState(
                                        open.state().replace("_recorded\":true", "_recorded\":false")))));
    }

    private static Games closing(Games games) {
        return changedInner(games, inner -> commit(inner, Optional.empty()));
    }

    private static Games changedInner(Games games, UnaryOperator<Commit> wrong) {
        return new OtherGames(games) {
            @Override
            public boolean commit(Lease lease, Commit commit) {
                return right.commit(lease, commit.deployment().isPresent() ? wrong.apply(commit) : commit);
            }
        };
    }

    private static Commit commit(Commit c, Optional<Deployment> deployment) {
        return new Commit(
                c.entry(),
                c.record(),
                c.spec(),
                c.lastRequestedAt(),
                c.claim(),
                c.givenBack(),
                c.taken(),
                c.keepLease(),
                deployment,
                c.dueAt());
    }

    private static PortSpec moved(PortSpec port) {
        return new PortSpec(port.container(), port.protocol(), port.host().map(host -> host + 1));
    }

    private static ContainerPlan with(ContainerPlan plan, List<PortSpec> ports) {
        return new ContainerPlan(
                plan.name(), plan.image(), plan.labels(), plan.spec(), plan.env(), ports, plan.volumePrefix());
    }
}
