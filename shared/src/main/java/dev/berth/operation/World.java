package dev.berth.operation;

import dev.berth.port.Clock;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.Results;
import dev.berth.port.Telemetry;

/**
 * All that the operations need of the world.
 *
 * @param stack the name under which containers are ours
 */
public record World(
        String stack,
        Games games,
        Hosts hosts,
        ContainerHosts containerHosts,
        Results results,
        Telemetry telemetry,
        Clock clock) {}
