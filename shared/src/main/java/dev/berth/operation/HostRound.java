package dev.berth.operation;

import dev.berth.model.Drift;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostNotes;
import dev.berth.model.HostNotes.Drain;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.model.RuntimeStatus;
import dev.berth.operation.HostPlan.Planned;
import dev.berth.operation.ReconcileHost.Came;
import dev.berth.port.Bound;
import dev.berth.port.Container;
import dev.berth.port.ContainerHost;
import dev.berth.port.EngineCall;
import dev.berth.port.Game;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One look at one host: a list of its containers held against what is recorded of its games, and what differs settled,
 * each difference as an ordinary operation under its game's lease. Where all is in order, nothing is written.
 */
final class HostRound {
    private static final int NOTE_TRIES = 5;

    private final World world;
    private final ReconcileJob job;
    private final Delivery delivery;
    private final Consumer<EngineCall> called;
    private final Settling settling;
    private Host host;
    private boolean changed;

    /** @param called is told of each call to the host's engine, but for those that settle something */
    HostRound(
            World world,
            Operations operations,
            SideBySide sideBySide,
            ReconcileJob job,
            Delivery delivery,
            Consumer<EngineCall> called) {
        this.world = world;
        this.job = job;
        this.delivery = delivery;
        this.called = called;
        this.settling = new Settling(world, operations, sideBySide, job, delivery);
        this.host = world.hosts()
                .read(job.host())
                .orElseThrow(
                        () -> new OperationFailed(ErrorCode.NOT_FOUND, "host " + job.host() + " is not registered"));
    }

    Came run() {
        try {
            return answered(list());
        } catch (OperationFailed unheard) {
            return silent(ofHost(unheard));
        }
    }

    private List<Container> list() {
        return engine(Limits.RECONCILE_LIST).list(Map.of(NamedContainer.OWNER, world.stack()));
    }

    private ContainerHost engine(Duration patience) {
        Instant until = world.clock().now().plus(patience);
        Instant end = until.isBefore(delivery.endsAt()) ? until : delivery.endsAt();
        return world.containerHosts()
                .connect(host, () -> Duration.between(world.clock().now(), end), called);
    }

    /** What goes wrong on our side is not the host's silence. */
    private static Failure ofHost(OperationFailed failure) {
        ErrorCode code = failure.code();
        if (code == ErrorCode.HOST_UNREACHABLE || code == ErrorCode.TLS_FAILED || code == ErrorCode.DOCKER_ERROR) {
            return Failure.of(failure);
        }
        throw failure;
    }

    // --- the host does not answer ---

    private Came silent(Failure why) {
        Instant now = world.clock().now();
        Instant since = host.notes().silentSince().orElse(now);
        boolean lost = host.notes().givenUp() || !since.plus(Limits.LOST_AFTER).isAfter(now);
        // One that is drained may be switched off: there is nothing on it to be lost.
        HostState state = lost && host.state() != HostState.DRAINED ? HostState.LOST : host.state();
        if (!become(state, host.notes().withSilentSince(Optional.of(since)))) {
            return new Came(Optional.of(why), 0, changed, Optional.empty());
        }
        List<Planned> games = state == HostState.LOST
                ? bound().stream()
                        .filter(game -> game.status() == RuntimeStatus.RUNNING)
                        .map(game -> new Planned(game.game(), Drift.LOST))
                        .toList()
                : List.of();
        int settled = settling.settle(games);
        return new Came(Optional.of(why), settled, changed || settled > 0, Optional.empty());
    }

    // --- the host answers ---

    private Came answered(List<Container> listed) {
        ContainerHost engine = engine(Limits.RECONCILE_ROUND);
        List<Bound> bound = bound();
        HostPlan plan = HostPlan.of(world, host, engine, bound, listed);
        boolean odd = !plan.differing().isEmpty()
                || !plan.missing().isEmpty()
                || host.notes().silentSince().isPresent();
        if (odd && isAnother(engine)) {
            return silent(new Failure(ErrorCode.HOST_UNREACHABLE, "another engine than the registered one answers"));
        }
        HostState state = host.state() == HostState.LOST ? HostState.QUARANTINED : host.state();
        HostNotes notes = noted(drain -> DrainNotes.begun(drain, plan.differing()));
        if (!become(state, notes.withSilentSince(Optional.empty()).withGivenUp(false))) {
            return new Came(Optional.empty(), 0, changed, Optional.of(engine.certificatesEnd()));
        }
        int settled = settling.settle(plan.differing());
        note(plan, bound);
        return new Came(Optional.empty(), settled, changed || settled > 0, Optional.of(engine.certificatesEnd()));
    }

    /** What one engine lacks says nothing about another one's containers. */
    private boolean isAnother(ContainerHost engine) {
        return host.engine().filter(known -> !known.equals(engine.about().id())).isPresent();
    }

    /** Somebody else may note something at the same time; what was done must not be forgotten over that. */
    private void note(HostPlan plan, List<Bound> bound) {
        Set<GameId> games = bound.stream().map(Bound::game).collect(Collectors.toSet());
        boolean inOrder =
                plan.whole() && plan.missing().isEmpty() && settling.left().isEmpty();
        boolean noted = false;
        for (int i = 0; i < NOTE_TRIES && !noted; i++) {
            HostNotes notes = noted(drain -> DrainNotes.ended(drain, plan, games, settling.left()));
            noted = become(next(inOrder, bound), notes.withMissing(plan.missing()));
        }
    }

    private HostNotes noted(UnaryOperator<Drain> change) {
        return host.notes().withDrain(host.notes().drain().map(change));
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

    /** @return false if somebody else has changed the host meanwhile, which is known as it is then */
    private boolean become(HostState state, HostNotes notes) {
        if (state == host.state() && notes.equals(host.notes())) {
            return true;
        }
        boolean done = world.hosts().change(host, state, notes);
        changed |= done;
        host = world.hosts()
                .read(job.host())
                .orElseThrow(() ->
                        new OperationFailed(ErrorCode.NOT_FOUND, "host " + job.host() + " is not registered any more"));
        return done && host.state() == state;
    }
}
