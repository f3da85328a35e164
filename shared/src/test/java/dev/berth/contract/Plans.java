package dev.berth.contract;

import dev.berth.contract.EngineFixture.Behaviour;
import dev.berth.docker.DockerHosts;
import dev.berth.model.ImageRef;
import dev.berth.model.PortSpec;
import dev.berth.model.Protocol;
import dev.berth.model.Resources;
import dev.berth.model.RestartPolicy;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Size;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans of containers of the demo images. */
final class Plans {
    private static final List<PortSpec> HTTP = List.of(new PortSpec(8080, Protocol.TCP, Optional.empty()));
    private static final Duration PLENTY = Duration.ofMinutes(1);

    private final String game;
    private final String broken;

    Plans(LocalEngine local) {
        try (DockerHosts hosts = new DockerHosts()) {
            var host = hosts.connect(local.host(), () -> PLENTY);
            game = host.findImage(new ImageRef(local.images.get("1.0.0")))
                    .orElseThrow()
                    .id();
            broken = host.findImage(new ImageRef(local.images.get("broken")))
                    .orElseThrow()
                    .id();
        }
    }

    ContainerPlan plan(String name, Behaviour behaviour) {
        return switch (behaviour) {
            case SERVES -> plan(name, game, List.of(), HTTP, Optional.empty());
            case FAILS -> plan(name, broken, List.of(), HTTP, Optional.empty());
            case IGNORES_SIGNALS ->
                plan(
                        name,
                        game,
                        List.of("sh", "-c", "trap '' TERM INT; while true; do sleep 1; done"),
                        HTTP,
                        Optional.empty());
            case CANNOT_START -> plan(name, game, List.of(), HTTP, Optional.of("no-such-user"));
        };
    }

    ContainerPlan running(String name, List<String> command) {
        return plan(name, game, command, List.of(), Optional.empty());
    }

    ContainerPlan publishing(String name, List<PortSpec> ports) {
        return plan(name, game, List.of(), ports, Optional.empty());
    }

    private static ContainerPlan plan(
            String name, String image, List<String> command, List<PortSpec> ports, Optional<String> user) {
        RuntimeSpec spec = new RuntimeSpec(
                new Resources(500, new Size(32L << 20)),
                Optional.empty(),
                command,
                Map.of(),
                ports,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RestartPolicy.NEVER,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                user,
                false,
                Map.of());
        return ContainerPlan.of(name, image, Map.of("berth.game", name, "berth.text", "Zo\u00eb \" \\ {}"), spec, name);
    }
}
