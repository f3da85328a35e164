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
import dev.berth.model.VolumeSpec;
import dev.berth.port.ContainerPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** What a container of the game's image is asked to be. */
    record Wish(
            List<String> command,
            List<PortSpec> ports,
            List<VolumeSpec> volumes,
            Optional<String> user,
            boolean readOnly) {

        Wish running(String... words) {
            return new Wish(List.of(words), ports, volumes, user, readOnly);
        }

        /** With more words for the command. */
        Wish and(String... words) {
            return running(Stream.concat(command.stream(), Arrays.stream(words)).toArray(String[]::new));
        }

        Wish publishing(List<PortSpec> others) {
            return new Wish(command, others, volumes, user, readOnly);
        }

        Wish with(VolumeSpec... others) {
            return new Wish(command, ports, List.of(others), user, readOnly);
        }

        Wish as(String name) {
            return new Wish(command, ports, volumes, Optional.of(name), readOnly);
        }

        Wish onlyReading() {
            return new Wish(command, ports, volumes, user, true);
        }
    }

    /** The game as its image has it, with nothing published. */
    static Wish wish() {
        return new Wish(List.of(), List.of(), List.of(), Optional.empty(), false);
    }

    ContainerPlan plan(String name, Behaviour behaviour) {
        Wish wish = wish().publishing(HTTP);
        return switch (behaviour) {
            case SERVES -> plan(name, wish);
            case FAILS -> plan(name, broken, wish);
            case IGNORES_SIGNALS ->
                plan(name, wish.running("sh", "-c", "trap '' TERM INT; while true; do sleep 1; done"));
            case CANNOT_START -> plan(name, wish.as("no-such-user"));
        };
    }

    ContainerPlan running(String name, List<String> command) {
        return plan(name, wish().running(command.toArray(String[]::new)));
    }

    ContainerPlan publishing(String name, List<PortSpec> ports) {
        return plan(name, wish().publishing(ports));
    }

    /** A plan for the game's image. */
    ContainerPlan plan(String name, Wish wish) {
        return plan(name, game, wish);
    }

    /** @param image its id */
    static ContainerPlan plan(String name, String image, Wish wish) {
        RuntimeSpec spec = new RuntimeSpec(
                new Resources(500, new Size(32L << 20)),
                Optional.empty(),
                wish.command(),
                Map.of(),
                wish.ports(),
                wish.volumes(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RestartPolicy.NEVER,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                wish.user(),
                wish.readOnly(),
                Map.of());
        return ContainerPlan.of(name, image, Map.of("berth.game", name, "berth.text", "Zo\u00eb \" \\ {}"), spec, name);
    }
}
