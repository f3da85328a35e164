package dev.berth.docker;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Ports;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.model.Protocol;
import dev.berth.model.Resources;
import dev.berth.port.Container;
import dev.berth.port.Container.Health;
import dev.berth.port.Container.State;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an engine answers to an inspect, in our terms. */
final class Inspected {
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_PORT = 65_535;

    private Inspected() {}

    /**
     * An id of a container as engines give them, and as it may stand in the path of a request.
     *
     * @throws OperationFailed {@code docker_error} if it is none
     */
    static String id(@Nullable String told) {
        return Optional.ofNullable(told)
                .filter(id -> ID.matcher(id).matches())
                .orElseThrow(() ->
                        new OperationFailed(ErrorCode.DOCKER_ERROR, "the engine tells a container's id that is none"));
    }

    /**
     * The container that was asked for.
     *
     * @param address where the host's published ports answer
     * @throws OperationFailed {@code docker_error} if the answer is about another one: it is changed by that id next
     */
    static Container of(InspectContainerResponse answer, String idOrName, String address) {
        Container told = of(answer, address);
        if (!told.id().equals(idOrName) && !told.name().equals(idOrName)) {
            throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the engine tells of another container than " + idOrName);
        }
        return told;
    }

    private static Container of(InspectContainerResponse answer, String address) {
        InspectContainerResponse.ContainerState state = answer.getState();
        State doing = State.valueOf(
                Optional.ofNullable(state.getStatus()).orElse("dead").toUpperCase(Locale.ROOT));
        boolean ended = doing == State.EXITED || doing == State.DEAD;
        return new Container(
                id(answer.getId()),
                answer.getName().replaceFirst("^/", ""),
                Optional.ofNullable(answer.getConfig().getLabels()).orElse(Map.of()),
                Optional.ofNullable(answer.getImageId()).orElse(""),
                resources(answer.getHostConfig()),
                instant(answer.getCreated()).orElse(Instant.EPOCH),
                doing,
                ended ? Optional.ofNullable(state.getExitCodeLong()).map(Long::intValue) : Optional.empty(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                health(state.getHealth()),
                instant(state.getStartedAt()),
                instant(state.getFinishedAt()),
                endpoints(answer.getNetworkSettings().getPorts(), address));
    }

    /** The same of a list, which tells less. */
    static Container of(com.github.dockerjava.api.model.Container listed, String address) {
        return new Container(
                id(listed.getId()),
                listed.getNames()[0].replaceFirst("^/", ""),
                Optional.ofNullable(listed.getLabels()).orElse(Map.of()),
                Optional.ofNullable(listed.getImageId()).orElse(""),
                Optional.empty(),
                Instant.ofEpochSecond(Optional.ofNullable(listed.getCreated()).orElse(0L)),
                State.valueOf(
                        Optional.ofNullable(listed.getState()).orElse("dead").toUpperCase(Locale.ROOT)),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                endpoints(listed, address));
    }

    /** Of a container that has no limits, or others than a game may have, nothing is known. */
    private static Optional<Resources> resources(@Nullable HostConfig limits) {
        Optional<Long> nanos = Optional.ofNullable(limits).map(HostConfig::getNanoCPUs);
        Optional<Long> memory = Optional.ofNullable(limits).map(HostConfig::getMemory);
        return nanos.flatMap(cpu -> memory.flatMap(bytes -> HardenedConfig.resources(cpu, bytes)));
    }

    private static List<Endpoint> endpoints(com.github.dockerjava.api.model.Container listed, String address) {
        Ports published = new Ports();
        Arrays.stream(listed.getPorts())
                .filter(port -> port.getPublicPort() != null)
                .forEach(port -> published.bind(
                        new ExposedPort(port.getPrivatePort(), InternetProtocol.parse(port.getType())),
                        Ports.Binding.bindIpAndPort(port.getIp(), port.getPublicPort())));
        return endpoints(published, address);
    }

    private static Optional<Health> health(@Nullable HealthState health) {
        return Optional.ofNullable(health).map(HealthState::getStatus).flatMap(status -> switch (status) {
            case "starting" -> Optional.of(Health.STARTING);
            case "healthy" -> Optional.of(Health.HEALTHY);
            case "unhealthy" -> Optional.of(Health.UNHEALTHY);
            default -> Optional.empty();
        });
    }

    private static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(OffsetDateTime::parse)
                .map(OffsetDateTime::toInstant)
                .filter(instant -> !instant.equals(NEVER))
                .map(instant -> Instant.ofEpochMilli(instant.toEpochMilli()));
    }

    private static List<Endpoint> endpoints(@Nullable Ports published, String address) {
        return Optional.ofNullable(published).map(Ports::getBindings).orElse(Map.of()).entrySet().stream()
                .flatMap(port -> endpoint(port.getKey(), port.getValue(), address))
                .distinct()
                .toList();
    }

    /** An engine publishes a port once for IPv4 and once for IPv6, perhaps under two numbers; ours is the first one. */
    private static Stream<Endpoint> endpoint(ExposedPort port, Ports.Binding @Nullable [] bindings, String address) {
        Optional<Protocol> protocol = port.getProtocol() == InternetProtocol.TCP
                ? Optional.of(Protocol.TCP)
                : port.getProtocol() == InternetProtocol.UDP ? Optional.of(Protocol.UDP) : Optional.empty();
        if (protocol.isEmpty() || bindings == null) {
            return Stream.of();
        }
        return Arrays.stream(bindings)
                .sorted(Comparator.comparing(
                        binding -> String.valueOf(binding.getHostIp()).contains(":")))
                .limit(1)
                .map(binding -> new Endpoint(port.getPort(), protocol.get(), address, port(binding.getHostPortSpec())));
    }

    private static int port(String told) {
        int port = Integer.parseInt(told);
        if (port < 1 || port > MOST_PORT) {
            throw new OperationFailed(ErrorCode.DOCKER_ERROR, "the engine tells a port that is none");
        }
        return port;
    }
}
