package dev.berth.port;

import dev.berth.model.PortSpec;
import dev.berth.model.RuntimeSpec;
import java.util.List;
import java.util.Map;

/**
 * A container that is to be created. What every container gets (no capabilities, no new privileges, bounded processes
 * and logs, no restarts by the engine) is not said here: no plan can do without it.
 *
 * @param name unique on the host: creating it is a compare-and-set
 * @param image the exact image, by its id
 * @param labels ours and the game's own
 * @param env the spec's, with the secrets that it names
 * @param ports the spec's, with the ports on the host that were decided on
 * @param volumePrefix put before the names of the game's volumes, so that no two games share one
 */
public record ContainerPlan(
        String name,
        String image,
        Map<String, String> labels,
        RuntimeSpec spec,
        Map<String, String> env,
        List<PortSpec> ports,
        String volumePrefix) {
    public ContainerPlan {
        labels = Map.copyOf(labels);
        env = Map.copyOf(env);
        ports = List.copyOf(ports);
    }

    /** A plan that does with env and ports as the spec says. */
    public static ContainerPlan of(
            String name, String image, Map<String, String> labels, RuntimeSpec spec, String volumePrefix) {
        return new ContainerPlan(name, image, labels, spec, spec.env(), spec.ports(), volumePrefix);
    }

    @Override
    public String toString() {
        return name + " of " + image;
    }
}
