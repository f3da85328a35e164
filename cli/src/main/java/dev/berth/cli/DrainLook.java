package dev.berth.cli;

import dev.berth.action.Deployment;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.port.Bound;
import dev.berth.port.Game;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A host that is being emptied, at one moment.
 *
 * @param left the games that are still bound to it
 * @param open what is being done, of as many of those as a few reconciles take up
 */
record DrainLook(Host host, List<Bound> left, Map<GameId, Deployment> open) {
    private static final int MOST_READ = 3 * Limits.RECONCILE_SETTLED;

    static DrainLook at(Fleet fleet, HostId id) {
        Host host = fleet.host(id);
        List<Bound> left = fleet.bound(id);
        Set<GameId> blocked = blocked(host);
        Map<GameId, Deployment> open = new LinkedHashMap<>();
        left.stream()
                .map(Bound::game)
                .sorted(Comparator.comparing(blocked::contains))
                .limit(MOST_READ)
                .forEach(game -> fleet.stack()
                        .games()
                        .find(game)
                        .flatMap(Game::deployment)
                        .ifPresent(begun -> open.put(game, begun)));
        return new DrainLook(host, left, open);
    }

    private static Set<GameId> blocked(Host host) {
        return host.notes().drain().map(Drain::blocked).map(Map::keySet).orElse(Set.of());
    }

    boolean isDrained() {
        return host.state() == HostState.DRAINED;
    }

    /** Whether anything has moved since; the reasons why games stay are no movement. */
    boolean isAsBefore(DrainLook before) {
        return host.state() == before.host.state() && left.equals(before.left) && open.equals(before.open);
    }

    /** Somebody has ended the drain, so that there is nothing to wait for. */
    boolean isCalledOff() {
        return host.notes().drain().isEmpty() && !isDrained();
    }

    /** Whether what is left waits for something that no reconcile can do: an operator, a game's end, a host that answers. */
    boolean isBlocked() {
        boolean silent =
                host.state() == HostState.LOST || host.notes().silentSince().isPresent();
        return silent
                || (!left.isEmpty()
                        && open.isEmpty()
                        && blocked(host)
                                .containsAll(left.stream().map(Bound::game).toList()));
    }

    /** For a line that changes. */
    String text() {
        String what = "host " + host.id() + " is " + new HostText(host, left).state();
        return open.isEmpty()
                ? what
                : what + ": "
                        + open.entrySet().stream()
                                .limit(Limits.RECONCILE_AT_ONCE)
                                .map(each -> each.getKey() + " "
                                        + each.getValue().action() + ", " + new DeploymentText(each.getValue()).step())
                                .collect(Collectors.joining("; "));
    }
}
