package dev.berth.cli;

import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.port.Bound;
import java.util.List;

/**
 * Which engine a host is. Containers know their host by its id alone, so an engine has one id, and an id keeps its engine
 * for as long as games are there.
 */
final class HostEngine {
    private HostEngine() {}

    /**
     * Requires that no other host is this engine.
     *
     * @throws CommandFailed that says which one is
     */
    static void requireOneId(Host wanted, List<Host> registered) {
        registered.stream().filter(other -> !other.id().equals(wanted.id())).forEach(other -> {
            if (other.endpoint().equals(wanted.endpoint())) {
                throw notRegistered(wanted.id(), "host " + other.id() + " is at " + wanted.endpoint() + " already");
            }
            if (wanted.engine().isPresent() && other.engine().equals(wanted.engine())) {
                throw notRegistered(
                        wanted.id(),
                        "this engine is host " + other.id() + " already (an engine of a copied machine needs an id of"
                                + " its own)");
            }
        });
    }

    /**
     * The host as it is to be registered, where it is registered already. Where nobody has looked, the same endpoint
     * means the same engine, and another one means another.
     *
     * @param bound the games that it has
     * @throws CommandFailed if it would become another engine while games are there
     */
    static Host replacing(Host known, Host wanted, boolean looked, List<Bound> bound) {
        boolean sameEndpoint = known.endpoint().equals(wanted.endpoint());
        boolean same = (looked && known.engine().isPresent()) ? known.engine().equals(wanted.engine()) : sameEndpoint;
        if (!same) {
            requireNothingThere(known, bound);
        }
        return (looked || !same) ? wanted : wanted.withEngine(known.engine());
    }

    private static void requireNothingThere(Host known, List<Bound> bound) {
        boolean reserved = !known.reserved().equals(Capacity.NONE);
        if (bound.isEmpty() && !reserved) {
            return;
        }
        String what = bound.isEmpty() ? "something is being done there" : "it has " + HostText.counted(bound);
        throw notRegistered(
                known.id(),
                "that is another engine, and " + what + ": empty it with `berth hosts drain " + known.id()
                        + "` first, or register this engine under another id");
    }

    private static CommandFailed notRegistered(HostId id, String why) {
        return CommandFailed.failed("host " + id + " is not registered: conflict: " + why);
    }
}
