package dev.berth.cli;

import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a host, or changes what was said of it. */
@Command(name = "add", description = "Add a host, or change what was said of it.")
final class HostsAddCommand implements Callable<Integer> {
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
            description = "Where the functions find ca.pem, cert.pem and key.pem.")
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

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Host host = host();
        stack.open().hosts().register(host);
        if (output.json()) {
            output.line(HostsCommand.json(host));
        } else {
            output.line("host " + id + " takes games at " + endpoint);
        }
        return ExitCode.DONE;
    }

    private Host host() {
        if (vcpu.signum() <= 0) {
            throw CommandFailed.wrongUse("--vcpu must be more than zero");
        }
        try {
            Capacity capacity = new Capacity(vcpu.movePointRight(3).longValue(), memory.bytes());
            return new Host(id, endpoint, tls, capacity, Capacity.NONE, HostState.ACTIVE, labels);
        } catch (IllegalArgumentException e) {
            throw CommandFailed.wrongUse(String.valueOf(e.getMessage()));
        }
    }
}
