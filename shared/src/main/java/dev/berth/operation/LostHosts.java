package dev.berth.operation;

import dev.berth.model.HostId;
import dev.berth.model.HostState;

/** Hosts of which an operator has said that they are gone, so that nothing needs to be proven there any more. */
final class LostHosts {
    private LostHosts() {}

    static boolean isGivenUp(HostId id, Attempt attempt) {
        boolean lost = attempt.world()
                .hosts()
                .find(id)
                .filter(host -> host.state() == HostState.LOST)
                .isPresent();
        // The word may be new, or the host may be back: only what stands in the registry now counts.
        return lost
                && attempt.world()
                        .hosts()
                        .read(id)
                        .filter(host -> host.notes().givenUp())
                        .isPresent();
    }

    /** The same, or it is not even registered any more, as it may be once nothing is reserved there. */
    static boolean isGone(HostId id, Attempt attempt) {
        boolean unknown = attempt.world().hosts().find(id).isEmpty();
        return isGivenUp(id, attempt)
                || (unknown && attempt.world().hosts().read(id).isEmpty());
    }
}
