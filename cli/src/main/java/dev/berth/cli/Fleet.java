package dev.berth.cli;

import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.Limits;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.port.Bound;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The hosts of a stack, as operators look at them and change them. */
record Fleet(Stack stack) {
    private static final int TRIES = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** @throws OperationFailed {@code not_found} */
    Host host(HostId id) {
        return stack.hosts()
                .read(id)
                .orElseThrow(() -> new OperationFailed(
                        ErrorCode.NOT_FOUND, "no host " + id + " is registered: look with `berth hosts`"));
    }

    /** The games that are bound to it, as far as they are looked at. */
    List<Bound> bound(HostId id) {
        return stack.games().boundTo(id, Limits.BOUND_GAMES);
    }

    /**
     * Changes state and notes, again and again while others change them too.
     *
     * @param word what is made of the host as it is then; nothing is written where that is the same
     * @return the host as it has become
     */
    Host change(HostId id, UnaryOperator<Host> word) {
        for (int tries = 0; tries < TRIES; tries++) {
            Host seen = host(id);
            Host wanted = word.apply(seen);
            if (wanted.equals(seen) || stack.hosts().change(seen, wanted.state(), wanted.notes())) {
                return wanted;
            }
            OrderlyEnd.sleep(PAUSE);
        }
        throw CommandFailed.failed("others keep changing host " + id + ": try again");
    }

    /** Asks for a reconcile of the host now, without waiting for the next sweep. */
    void reconcile(HostId id) {
        stack.sendReconcile(Json.write(Json.object()
                .put("host_id", id.value())
                .put("job_id", JobMessage.newId().value())
                .put("op_source", OpSource.ADMIN_REST.wire())));
    }
}
