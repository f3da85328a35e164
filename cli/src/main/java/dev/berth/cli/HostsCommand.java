package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Host;
import dev.berth.wire.Json;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the fleet. */
@Command(
        name = "hosts",
        description = "Show the hosts, what they have and what is reserved there.",
        subcommands = HostsAddCommand.class)
final class HostsCommand implements Callable<Integer> {
    private static final long MIB = 1L << 20;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        List<Host> hosts = stack.open().hosts().all().stream()
                .sorted(Comparator.comparing(host -> host.id().value()))
                .toList();
        if (output.json()) {
            hosts.forEach(host -> output.line(json(host)));
        } else {
            table(hosts).lines().forEach(output::line);
        }
        return ExitCode.DONE;
    }

    static ObjectNode json(Host host) {
        ObjectNode json = Json.object()
                .put("host_id", host.id().value())
                .put("endpoint", host.endpoint().toString())
                .put("tls", host.tls())
                .put("state", host.state().wire())
                .put("milli_vcpu", host.capacity().milliVcpu())
                .put("memory", host.capacity().memoryBytes())
                .put("reserved_milli_vcpu", host.reserved().milliVcpu())
                .put("reserved_memory", host.reserved().memoryBytes());
        ObjectNode labels = json.putObject("labels");
        host.labels().forEach(labels::put);
        return json;
    }

    private static TextTable table(List<Host> hosts) {
        TextTable table = new TextTable("HOST", "STATE", "ENDPOINT", "VCPU", "RESERVED", "MEMORY", "RESERVED");
        hosts.forEach(host -> table.row(
                host.id().value(),
                host.state().wire(),
                host.endpoint().toString(),
                vcpu(host.capacity().milliVcpu()),
                vcpu(host.reserved().milliVcpu()),
                host.capacity().memoryBytes() / MIB + "M",
                host.reserved().memoryBytes() / MIB + "M"));
        return table;
    }

    private static String vcpu(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }
}
