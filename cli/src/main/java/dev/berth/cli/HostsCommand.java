package dev.berth.cli;

import dev.berth.model.Host;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the fleet. */
@Command(
        name = "hosts",
        description = "Show the hosts: what they have, what is reserved there, and how they are.",
        subcommands = {
            HostsAddCommand.class,
            HostsDrainCommand.class,
            HostsUndrainCommand.class,
            HostsLostCommand.class,
            HostsRemoveCommand.class
        })
final class HostsCommand implements Callable<Integer> {
    private static final long MIB = 1L << 20;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Fleet fleet = new Fleet(stack.open());
        List<HostText> hosts = fleet.stack().hosts().readAll().stream()
                .sorted(Comparator.comparing(host -> host.id().value()))
                .map(host -> new HostText(host, fleet.bound(host.id())))
                .toList();
        if (output.json()) {
            hosts.forEach(host -> output.line(host.json()));
        } else {
            table(hosts).lines().forEach(output::line);
        }
        return ExitCode.DONE;
    }

    private static TextTable table(List<HostText> hosts) {
        TextTable table =
                new TextTable("HOST", "STATE", "ENDPOINT", "VCPU", "RESERVED", "MEMORY", "RESERVED", "GAMES", "WHY");
        hosts.forEach(text -> row(table, text));
        return table;
    }

    private static void row(TextTable table, HostText text) {
        Host host = text.host();
        table.row(
                host.id().value(),
                host.state().wire(),
                host.endpoint().toString(),
                vcpu(host.capacity().milliVcpu()),
                vcpu(host.reserved().milliVcpu()),
                host.capacity().memoryBytes() / MIB + "M",
                host.reserved().memoryBytes() / MIB + "M",
                Integer.toString(text.bound().size()),
                text.reason().isEmpty() ? "-" : text.reason());
    }

    static String vcpu(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }
}
