package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.model.RuntimeStatus;
import dev.berth.operation.HostPlan.Planned;
import dev.berth.operation.ReconcileHost.Came;
import dev.berth.port.Bound;
import dev.berth.port.Container;
import dev.berth.port.Game;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One look at one host: a list of its containers held against what is recorded of its games, and what differs settled,
 * each difference as an ordinary operation under its game's lease. Where all is in order, nothing is written.
 */
final class HostRound {
    private final World world;
    private final ReconcileJob job;
    private final Delivery delivery;
    private final Settling settling;
    private Host host;
    private boolean changed;

    HostRound(World world, Operations operations, SideBySide sideBySide, ReconcileJob job, Delivery delivery) {
        this.world = world;
        this.job = job;
        this.delivery = delivery;
        this.settling = new Settling(world, operations, sideBySide, job, delivery);
        this.host = world.hosts()
                .read(job.host())
                .orElseThrow(
                        () -> new OperationFailed(ErrorCode.NOT_FOUND, "host " + job.host() + " is not registered"));
    }

    Came run() {
        List<Container> listed;
        try {
            listed = list();
        } catch (OperationFailed unheard) {
            return silent(Failure.of(unheard));
        }
        return answered(listed);
    }

    private List<Container> list() {
        Instant until = world.clock().now().plus(Limits.RECONCILE_LIST);
        Instant end = until.isBefore(delivery.endsAt()) ? until : delivery.endsAt();
        return world.containerHosts()
                .connect(host, () -> Duration.between(world.clock().now(), end))
                .list(Map.of(NamedContainer.OWNER, world.stack()));
    }

    // --- the host does not answer ---

    private Came silent(Failure why) {
        Instant now = world.clock().now();
        Instant since = host.notes().silentSince().orElse(now);
        boolean lost = host.notes().givenUp() || !since.plus(Limits.LOST_AFTER).isAfter(now);
        // One that is drained may be switched off: there is nothing on it to be lost.
        HostState state = lost && host.state() != HostState.DRAINED ? HostState.LOST : host.state();
        if (!become(state, host.notes().withSilentSince(Optional.of(since)))) {
            return new Came(Optional.of(why), 0, changed);
        }
        List<Planned> games = state == HostState.LOST
                ? bound().stream()
                        .filter(game -> game.status() == RuntimeStatus.RUNNING)
                        .map(game -> new Planned(game.game(), Drift.LOST))
                        .toList()
                : List.of();
        int settled = settling.settle(games);
        return new Came(Optional.of(why), settled, changed || settled > 0);
    }

    // --- the host answers ---

    private Came answered(List<Container> listed) {
        HostState state = host.state() == HostState.LOST ? HostState.QUARANTINED : host.state();
        if (!become(state, host.notes().withSilentSince(Optional.empty()).withGivenUp(false))) {
            return new Came(Optional.empty(), 0, changed);
        }
        List<Bound> bound = bound();
        HostPlan plan = HostPlan.of(world, host, bound, listed);
        int settled = settling.settle(plan.differing());
        boolean inOrder = plan.missing().isEmpty() && settling.leftOut().isEmpty() && plan.isWhole();
        Map<GameId, String> blocked = new HashMap<>(plan.staying());
        blocked.putAll(settling.leftOut());
        become(
                next(inOrder, bound),
                host.notes()
                        .withMissing(plan.missing())
                        .withDrain(host.notes()
                                .drain()
                                .map(drain -> drain.withBlocked(blocked).withFailed(together(drain.failed())))));
        return new Came(Optional.empty(), settled, changed || settled > 0);
    }

    private Map<GameId, String> together(Map<GameId, String> failedBefore) {
        Map<GameId, String> failed = new HashMap<>(failedBefore);
        failed.putAll(settling.notGone());
        return failed;
    }

    private HostState next(boolean inOrder, List<Bound> before) {
        return switch (host.state()) {
            case ACTIVE, LOST -> host.state();
            case QUARANTINED ->
                !inOrder || before.stream().anyMatch(this::isOnItsWay)
                        ? HostState.QUARANTINED
                        : host.notes().drain().isPresent() ? HostState.DRAINING : HostState.ACTIVE;
            case DRAINING -> inOrder && isEmpty(before) ? HostState.DRAINED : HostState.DRAINING;
            case DRAINED -> before.isEmpty() ? HostState.DRAINED : HostState.DRAINING;
        };
    }

    /** A game may be starting elsewhere by the word of whoever gave the host up; that word counts until it is done. */
    private boolean isOnItsWay(Bound game) {
        return world.games().find(game.game()).flatMap(Game::deployment).isPresent();
    }

    /** Also no start that is under way has a place there. */
    private boolean isEmpty(List<Bound> before) {
        return (before.isEmpty() || world.games().boundTo(host.id(), 1).isEmpty())
                && world.hosts()
                        .read(host.id())
                        .filter(now -> now.reserved().equals(Capacity.NONE))
                        .isPresent();
    }

    private List<Bound> bound() {
        return world.games().boundTo(host.id(), Limits.BOUND_GAMES);
    }

    /** @return false if somebody else has changed the host meanwhile; the next round sees what it is then */
    private boolean become(HostState state, HostNotes notes) {
        if (state == host.state() && notes.equals(host.notes())) {
            return true;
        }
        if (!world.hosts().change(host, state, notes)) {
            return false;
        }
        changed = true;
        host = world.hosts()
                .read(job.host())
                .orElseThrow(() ->
                        new OperationFailed(ErrorCode.NOT_FOUND, "host " + job.host() + " is not registered any more"));
        return host.state() == state;
    }
}
