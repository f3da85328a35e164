package dev.berth.operation;

import dev.berth.model.ImagePolicy;
import dev.berth.port.Blobs;
import dev.berth.port.Clock;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.Results;
import dev.berth.port.Secrets;
import dev.berth.port.Telemetry;

/**
 * All that the operations need of the world.
 *
 * @param stack the name under which containers are ours
 * @param images which images may be run
 */
public record World(
        String stack,
        Games games,
        Blobs blobs,
        Hosts hosts,
        ContainerHosts containerHosts,
        Secrets secrets,
        ImagePolicy images,
        Results results,
        Telemetry telemetry,
        Clock clock) {

    /** The same with other games. */
    public World with(Games others) {
        return new World(stack, others, blobs, hosts, containerHosts, secrets, images, results, telemetry, clock);
    }

    /** The same with others who hear of results. */
    public World with(Results others) {
        return new World(stack, games, blobs, hosts, containerHosts, secrets, images, others, telemetry, clock);
    }

    /** The same with other ways to its hosts. */
    public World with(ContainerHosts others) {
        return new World(stack, games, blobs, hosts, others, secrets, images, results, telemetry, clock);
    }
}
