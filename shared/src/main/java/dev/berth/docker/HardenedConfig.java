package dev.berth.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import dev.berth.model.PortSpec;
import dev.berth.model.Resources;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Size;
import dev.berth.port.ContainerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every container gets: no capabilities, no new privileges, bounded memory, processors, processes and logs, an
 * init that reaps, the default bridge, and no restarts by the engine, which would bring it back behind our back.
 */
final class HardenedConfig {
    private static final long MAX_PROCESSES = 512;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Map<String, String> LOG_LIMITS = Map.of("max-size", "10m", "max-file", "3");

    /** By name: docker-java's {@code noRestart()} sends an empty one, and an engine then shows none either. */
    private static final RestartPolicy NO_RESTART =
            new ObjectMapper().convertValue(Map.of("Name", "no"), RestartPolicy.class);

    private HardenedConfig() {}

    /** Puts the whole of a plan into a command that names only its image. */
    static CreateContainerCmd applied(CreateContainerCmd create, ContainerPlan plan) {
        RuntimeSpec spec = plan.spec();
        create.withName(plan.name())
                .withLabels(plan.labels())
                .withHostConfig(host(plan))
                .withExposedPorts(exposedPorts(plan.ports()))
                .withEnv(plan.env().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .toList());
        if (!spec.command().isEmpty()) {
            create.withCmd(spec.command());
        }
        spec.user().ifPresent(create::withUser);
        spec.stopSignal().ifPresent(create::withStopSignal);
        spec.health().ifPresent(health -> create.withHealthcheck(healthCheck(health)));
        return create;
    }

    private static HostConfig host(ContainerPlan plan) {
        RuntimeSpec spec = plan.spec();
        long memory = spec.resources().memory().bytes();
        return HostConfig.newHostConfig()
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPrivileged(false)
                .withPublishAllPorts(false)
                .withMemory(memory)
                // Equal to memory: no swap.
                .withMemorySwap(memory)
                .withNanoCPUs(spec.resources().milliVcpu() * NANOS_PER_MILLI)
                .withPidsLimit(MAX_PROCESSES)
                .withInit(true)
                .withReadonlyRootfs(spec.readOnly())
                .withRestartPolicy(NO_RESTART)
                .withAutoRemove(false)
                .withNetworkMode("bridge")
                .withIpcMode("private")
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_LIMITS))
                .withPortBindings(portBindings(plan.ports()))
                .withBinds(spec.volumes().stream()
                        .map(volume -> new Bind(
                                plan.volumePrefix() + "_" + volume.name(), new Volume(volume.path()), AccessMode.rw))
                        .toList());
    }

    /** What a container was given, back from its limits; empty where no game can have been given that. */
    static Optional<Resources> resources(long nanoCpus, long memory) {
        boolean ofAGame = nanoCpus % NANOS_PER_MILLI == 0
                && nanoCpus >= Resources.LEAST_MILLI_VCPU * NANOS_PER_MILLI
                && nanoCpus <= Resources.MOST_MILLI_VCPU * NANOS_PER_MILLI
                && memory > 0
                && memory <= Size.MAX.bytes();
        return ofAGame
                ? Optional.of(new Resources((int) (nanoCpus / NANOS_PER_MILLI), new Size(memory)))
                : Optional.empty();
    }

    /** Bindings without exposed ports publish nothing, and say nothing: both are needed. */
    private static List<ExposedPort> exposedPorts(List<PortSpec> ports) {
        return ports.stream().map(HardenedConfig::exposed).toList();
    }

    private static Ports portBindings(List<PortSpec> ports) {
        List<PortBinding> bindings = new ArrayList<>();
        for (PortSpec port : ports) {
            Ports.Binding host = port.host().map(Ports.Binding::bindPort).orElseGet(Ports.Binding::empty);
            bindings.add(new PortBinding(host, exposed(port)));
        }
        return new Ports(bindings.toArray(PortBinding[]::new));
    }

    private static ExposedPort exposed(PortSpec port) {
        return new ExposedPort(
                port.container(), InternetProtocol.parse(port.protocol().wire()));
    }

    private static HealthCheck healthCheck(dev.berth.model.HealthCheck health) {
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(health.command());
        return new HealthCheck()
                .withTest(test)
                .withInterval(health.interval().toNanos())
                .withTimeout(health.timeout().toNanos())
                .withRetries(health.retries())
                .withStartPeriod(health.startPeriod().toNanos());
    }
}
