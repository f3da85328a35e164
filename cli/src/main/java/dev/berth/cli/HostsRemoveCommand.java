package dev.berth.cli;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.port.Bound;
import dev.berth.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a host out of the registry. */
@Command(name = "remove", description = "Forget a host that is drained, or given up, and has no games any more.")
final class HostsRemoveCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

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
        Host host = fleet.host(id);
        requireEmpty(host, fleet.bound(id));
        if (!fleet.stack().hosts().remove(host)) {
            throw CommandFailed.failed("host " + id + " has just changed: look with `berth hosts`, and try again");
        }
        if (output.json()) {
            output.line(Json.object().put("host_id", id.value()).put("removed", true));
        } else {
            output.line("host " + id + " is removed");
        }
        return ExitCode.DONE;
    }

    /** @throws CommandFailed that says what is in the way, and what to do about it */
    static void requireEmpty(Host host, List<Bound> bound) {
        boolean givenUp = host.state() == HostState.LOST && host.notes().givenUp();
        if (!bound.isEmpty()) {
            throw CommandFailed.failed("host " + host.id() + " has " + games(bound) + ": "
                    + (givenUp ? "start them elsewhere, or clean them up" : drainIt(host)));
        }
        if (host.state() != HostState.DRAINED && !givenUp) {
            throw CommandFailed.failed(
                    "host " + host.id() + " is " + host.state().wire() + ": " + drainIt(host));
        }
        if (!host.reserved().equals(Capacity.NONE)) {
            throw CommandFailed.failed("something is being done on host " + host.id() + ": "
                    + HostsCommand.vcpu(host.reserved().milliVcpu()) + " vcpu are reserved there; try again");
        }
    }

    private static String drainIt(Host host) {
        return "empty it with `berth hosts drain " + host.id() + "`, or give it up with `berth hosts lost " + host.id()
                + "`";
    }

    private static String games(List<Bound> bound) {
        String shown = bound.stream()
                .limit(MOST_SHOWN)
                .map(Bound::game)
                .map(GameId::value)
                .collect(Collectors.joining(", "));
        int more = bound.size() - MOST_SHOWN;
        return HostText.counted(bound) + " (" + shown + (more > 0 ? " and " + more + " more" : "") + ")";
    }
}
