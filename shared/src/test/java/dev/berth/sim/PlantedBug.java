package dev.berth.sim;

import dev.berth.operation.World;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A mistake that somebody might make, put into the simulated world on purpose. */
record PlantedBug(String name, Setup setup) {

    static PlantedBug inStore(String name, Supplier<StoreModel> store) {
        return new PlantedBug(name, new Setup() {
            @Override
            public StoreModel store() {
                return store.get();
            }
        });
    }

    static PlantedBug inGames(String name, BiFunction<Games, World, Games> wrong) {
        return inWorld(name, world -> world.with(wrong.apply(world.games(), world)));
    }

    static PlantedBug inHost(String name, BiFunction<ContainerHost, World, ContainerHost> wrong) {
        return inWorld(
                name,
                world -> world.with((ContainerHosts) (host, left, ended) ->
                        wrong.apply(world.containerHosts().connect(host, left, ended), world)));
    }

    static PlantedBug inHosts(String name, UnaryOperator<Hosts> wrong) {
        return inWorld(name, world -> with(world, wrong.apply(world.hosts())));
    }

    private static World with(World world, Hosts others) {
        return new World(
                world.stack(),
                world.games(),
                world.blobs(),
                others,
                world.containerHosts(),
                world.secrets(),
                world.images(),
                world.results(),
                world.telemetry(),
                world.clock());
    }

    static PlantedBug inWorld(String name, Function<World, World> wrong) {
        return new PlantedBug(name, new Setup() {
            @Override
            public World world(World world) {
                return wrong.apply(world);
            }
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
