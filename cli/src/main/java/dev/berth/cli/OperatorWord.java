package dev.berth.cli;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator's word makes of a host. Said twice, it means the same. */
final class OperatorWord {
    private OperatorWord() {}

    /**
     * It is to become empty, and takes no games meanwhile.
     *
     * @param bound the games that are to leave it, of which so many are told of that the host's item stays small
     */
    static Host drain(Host host, List<GameId> bound, Instant now) {
        // Said again, what has failed is tried again.
        Optional<Drain> wanted = host.notes()
                .drain()
                .map(drain -> drain.withFailed(Map.of()).withBegun(Map.of()))
                .or(() -> Optional.of(
                        new Drain(now, bound.stream().limit(Limits.DRAIN_TOLD).toList(), Map.of())));
        HostState state = switch (host.state()) {
            case ACTIVE -> HostState.DRAINING;
            // Nothing can leave it at the moment; reconcile goes on with it when it has come back.
            case LOST, QUARANTINED -> host.state();
            case DRAINING, DRAINED -> host.state();
        };
        return host.with(state, host.notes().withDrain(wanted));
    }

    /** It need not become empty any more. */
    static Host undrain(Host host) {
        HostState state = switch (host.state()) {
            case DRAINING, DRAINED -> HostState.ACTIVE;
            case ACTIVE, LOST, QUARANTINED -> host.state();
        };
        return host.with(state, host.notes().withDrain(Optional.empty()));
    }

    /** Nothing of it will ever run again unnoticed: its games are free to start elsewhere. */
    static Host lost(Host host) {
        return host.with(HostState.LOST, host.notes().withGivenUp(true));
    }
}
