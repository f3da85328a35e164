package dev.berth.operation;

import dev.berth.action.Deployment;
import dev.berth.action.ExecutionStopped;
import dev.berth.action.StepError;
import dev.berth.action.Supervisor;
import dev.berth.model.ErrorCode;
import dev.berth.model.Fence;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.Limits;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.Request;
import dev.berth.port.ContainerHost;
import dev.berth.port.Game;
import dev.berth.port.Games.Opening;
import dev.berth.port.Reservation;
import dev.berth.port.Telemetry.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt at one operation on a game that we hold: what its steps work with, and the supervisor of its execution.
 * Used by one thread.
 */
final class Attempt implements Supervisor {
    private final World world;
    private final HeldGame held;
    private final Request request;
    private final OpKind kind;
    private final boolean last;
    private final Instant startedAt;
    private final Map<HostId, ContainerHost> connections = new HashMap<>();
    private Optional<Deployment> saved;
    private Optional<Deployment> current;
    private boolean unsure;
    private Instant toldAt;
    private final StepTelling steps;

    Attempt(World world, HeldGame held, Request request, OpKind kind, boolean last) {
        this.world = world;
        this.held = held;
        this.request = request;
        this.kind = kind;
        this.last = last;
        this.startedAt = world.clock().now();
        this.steps = new StepTelling(world, held.game().id(), kind, cause(), held.telling());
        this.saved = held.game().deployment();
        this.current = saved;
        this.toldAt = startedAt;
    }

    World world() {
        return world;
    }

    Request request() {
        return request;
    }

    OpKind kind() {
        return kind;
    }

    Cause cause() {
        return new Cause(request.op(), held.delivery().trace());
    }

    Game game() {
        return held.game();
    }

    HeldGame held() {
        return held;
    }

    Fence fence() {
        return held.fence();
    }

    /** When the operation began, in its first attempt. */
    Instant startedAt() {
        return current.map(Deployment::startedAt).orElse(startedAt);
    }

    Optional<Deployment> current() {
        return current;
    }

    /** Whether an earlier attempt has begun it. */
    boolean isResumed() {
        return current.filter(deployment -> deployment.attempt() > 1).isPresent();
    }

    /** The deployment as it may be left when the game is let go; empty if it must stay as it is kept. */
    Optional<Deployment> left() {
        return saved.isPresent() && !unsure ? current : Optional.empty();
    }

    // --- hosts ---

    /** @throws OperationFailed {@code not_found} if the registry has no such host */
    Host hostOf(HostId id) {
        return world.hosts()
                .find(id)
                .orElseThrow(() -> new OperationFailed(ErrorCode.NOT_FOUND, "host " + id + " is not registered"));
    }

    ContainerHost connect(HostId id) {
        return connections.computeIfAbsent(
                id, host -> world.containerHosts().connect(hostOf(host), held::left, held.telling()::called));
    }

    /** Before a changing call: makes sure that the lease covers so much, and that the attempt has time for a call. */
    void cover(Duration wanted) {
        if (held.leftOfAttempt().compareTo(Limits.MIN_CALL) < 0) {
            throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, "the engine took all the time of this attempt");
        }
        if (held.leftOfLease().compareTo(wanted) < 0) {
            keep(here(), wanted);
        }
    }

    /** Before a changing call of usual length, and while something long goes on: at least half a lease must be left. */
    void cover() {
        cover(Limits.LEASE.dividedBy(2));
    }

    void pause(Duration duration) {
        world.clock().pause(duration);
    }

    // --- the deployment ---

    /**
     * Opens the deployment with this state, and reserves a place in the same transaction.
     *
     * @return whether the place could be had
     */
    boolean reserve(Reservation place, String state) {
        return open(here().withState(state), Optional.of(place), Duration.ZERO);
    }

    @Override
    public Optional<Deployment> saved() {
        return saved;
    }

    @Override
    public void save(Deployment deployment) {
        at(deployment);
        if (saved.isEmpty()) {
            open(deployment, Optional.empty(), Duration.ZERO);
        } else {
            keep(deployment, Duration.ZERO);
        }
    }

    /** Says how far a long step has come; written down every few seconds, which keeps the lease and hears of a stop. */
    void tellProgress(String text) {
        current = Optional.of(here().withProgress(text));
        if (!toldAt.plus(Limits.PULL_PROGRESS).isAfter(now())) {
            toldAt = now();
            save(here());
        }
    }

    /**
     * Commits an operation inside of this one: its entry, its record, and how far this one has come with it, all or
     * nothing.
     *
     * @param began when the inner operation did
     * @param state of this operation once the inner one is committed
     */
    void commitInner(OpKind inner, Instant began, Conclusion conclusion, String state) {
        Deployment further = here().withState(state);
        // If the answer is lost, only the item itself knows how far it is.
        unsure = true;
        held.commit(Bookkeeping.inner(this, inner, began, conclusion, further));
        unsure = false;
        current = Optional.of(further);
        saved = current;
    }

    private void keep(Deployment deployment, Duration atLeast) {
        Optional<Instant> stop = held.save(deployment, atLeast);
        saved = Optional.of(deployment);
        boolean forward = deployment.status() == Deployment.Status.RUNNING && kind.yieldsToStop();
        if (forward && stop.filter(at -> !at.isBefore(request.requestedAt())).isPresent()) {
            throw new ExecutionStopped();
        }
    }

    private boolean open(Deployment deployment, Optional<Reservation> place, Duration atLeast) {
        Opening opening = held.open(deployment, request.job().value(), place, atLeast);
        return switch (opening) {
            case Opening.Opened _ -> {
                current = Optional.of(deployment);
                saved = current;
                yield true;
            }
            case Opening.NoRoom _ -> false;
            case Opening.FinishedBefore _ -> throw new FinishedBefore();
        };
    }

    private Deployment here() {
        return current.orElseThrow(() -> new IllegalStateException("no deployment is being executed"));
    }

    @Override
    public void at(Deployment deployment) {
        current = Optional.of(deployment);
    }

    @Override
    public void ended(String step, boolean undo, Optional<StepError> error) {
        steps.tell(step, undo, error);
    }

    @Override
    public Instant now() {
        return world.clock().now();
    }

    @Override
    public Judgement judge(RuntimeException failure) {
        return Failures.judge(
                failure, last || startedAt().plus(Limits.DEPLOYMENT_AGE).isBefore(now()));
    }

    /** The job turned out to be finished when its deployment was to be opened. */
    static final class FinishedBefore extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FinishedBefore() {
            super("the job is finished already");
        }
    }
}
