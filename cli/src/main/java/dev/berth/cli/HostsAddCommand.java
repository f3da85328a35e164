package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.docker.DockerHosts;
import dev.berth.docker.HostCheck;
import dev.berth.docker.HostCheck.Finding;
import dev.berth.docker.HostCheck.Severity;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.Size;
import dev.berth.port.ContainerHost.About;
import dev.berth.port.Hosts;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a host, or changes what was said of it. */
@Command(
        name = "add",
        description =
                "Add a host, or change what was said of it: endpoint, TLS material, capacity and labels. Its engine"
                        + " is looked at before.")
final class HostsAddCommand implements Callable<Integer> {
    private static final String SECRET = "secret:";

    /** All of the look at the engine together. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    @Parameters(index = "0", paramLabel = "ID")
    @SuppressWarnings("NullAway.Init")
    private HostId id;

    @Parameters(index = "1", paramLabel = "ENDPOINT", description = "tcp://name:port")
    @SuppressWarnings("NullAway.Init")
    private URI endpoint;

    @Option(
            names = "--tls",
            paramLabel = "DIR",
            required = true,
            description = "Where the functions find ca.pem, cert.pem and key.pem: a folder, or secret:NAME.")
    @SuppressWarnings("NullAway.Init")
    private String tls;

    @Option(names = "--vcpu", paramLabel = "N", required = true, description = "Its processors, as in 4 or 0.5.")
    @SuppressWarnings("NullAway.Init")
    private BigDecimal vcpu;

    @Option(names = "--memory", paramLabel = "SIZE", required = true, description = "Its memory, as in 512M or 16G.")
    @SuppressWarnings("NullAway.Init")
    private Size memory;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label for placement; may be repeated.")
    private final Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--no-check", description = "Do not look at the engine, as where it cannot be reached from here.")
    private boolean unchecked;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    /**
     * What a look at the engine has shown.
     *
     * @param engine its own id
     * @param warnings what is not as it should be
     */
    private record Look(Optional<String> engine, List<String> warnings) {
        static final Look NONE = new Look(Optional.empty(), List.of());
    }

    @Override
    public Integer call() {
        Host wanted = host();
        Fleet fleet = new Fleet(stack.open());
        Look look = unchecked ? Look.NONE : look(fleet.stack(), wanted);
        register(fleet, wanted.withEngine(look.engine()));
        HostText text = new HostText(fleet.host(id), fleet.bound(id));
        if (output.json()) {
            ObjectNode json = text.json();
            look.warnings().forEach(json.putArray("warnings")::add);
            output.line(json);
        } else {
            look.warnings().forEach(warning -> output.note("warning: host " + id + ": " + warning));
            output.line("host " + id + " at " + endpoint + " is " + text.state());
        }
        return ExitCode.DONE;
    }

    private Host host() {
        if (vcpu.signum() <= 0) {
            throw CommandFailed.wrongUse("--vcpu must be more than zero");
        }
        try {
            Capacity capacity = new Capacity(vcpu.movePointRight(3).longValue(), memory.bytes());
            return new Host(id, endpoint, material(), capacity, Capacity.NONE, HostState.ACTIVE, labels);
        } catch (IllegalArgumentException e) {
            throw CommandFailed.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** The functions run in other folders than we do. */
    private String material() {
        return tls.startsWith(SECRET)
                ? tls
                : Path.of(tls).toAbsolutePath().normalize().toString();
    }

    /** @throws CommandFailed if the engine is not fit to be a host */
    private Look look(Stack there, Host host) {
        Instant until = Instant.now().plus(LOOK);
        About about;
        List<Finding> findings;
        try (DockerHosts docker = there.docker()) {
            about = docker.connect(host, () -> Duration.between(Instant.now(), until))
                    .about();
            findings = HostCheck.of(host.capacity(), about, Instant.now());
        }
        String refusals = texts(findings, Severity.REFUSE).stream().collect(Collectors.joining("; "));
        if (!refusals.isEmpty()) {
            throw CommandFailed.failed("host " + id + " is not registered: " + refusals);
        }
        return new Look(Optional.of(about.id()).filter(own -> !own.isEmpty()), texts(findings, Severity.WARN));
    }

    /** @throws CommandFailed if the engine has another id, or the id has another engine */
    private void register(Fleet fleet, Host wanted) {
        Hosts hosts = fleet.stack().hosts();
        HostEngine.requireOneId(wanted, hosts.readAll());
        hosts.register(hosts.read(id)
                .map(known -> HostEngine.replacing(known, wanted, !unchecked, fleet.bound(id)))
                .orElse(wanted));
    }

    private static List<String> texts(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::text)
                .toList();
    }
}
