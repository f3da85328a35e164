package dev.berth.cli;

import dev.berth.model.Host;
import dev.berth.model.HostId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a drain: what has left stays where it is, and the host takes games again. */
@Command(name = "undrain", description = "Let a host that is being drained, or is drained, take games again.")
final class HostsUndrainCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID")
    @SuppressWarnings("NullAway.Init")
    private HostId id;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Fleet fleet = new Fleet(stack.open());
        Host host = fleet.change(id, OperatorWord::undrain);
        HostText text = new HostText(host, fleet.bound(id));
        if (output.json()) {
            output.line(text.json());
        } else {
            output.line("host " + id + " is " + text.state());
        }
        return ExitCode.DONE;
    }
}
