package dev.berth.cli;

import dev.berth.model.HostId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a host up, on an operator's word alone. */
@Command(
        name = "lost",
        description = "Give a host up: its games may start elsewhere although nobody has proven that they have ended"
                + " there. Say it only of a host that is gone for good, or switched off.")
final class HostsLostCommand implements Callable<Integer> {
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
        HostText text = new HostText(fleet.change(id, OperatorWord::lost), fleet.bound(id));
        fleet.reconcile(id);
        if (output.json()) {
            output.line(text.json());
            return ExitCode.DONE;
        }
        output.line("host " + id + " is given up, with " + HostText.counted(text.bound()));
        output.line("  they count as lost, and each may be started elsewhere from now on");
        output.line("  if the host still runs, a game that is started elsewhere has two containers until the host"
                + " answers and is reconciled");
        output.line("  it takes no games; it comes back by itself when it answers, or goes with `berth hosts remove "
                + id + "`");
        return ExitCode.DONE;
    }
}
