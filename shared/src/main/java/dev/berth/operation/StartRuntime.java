package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Deployment;
import dev.berth.action.Ended;
import dev.berth.model.Desired;
import dev.berth.model.Effect;
import dev.berth.model.Endpoint;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameContainer;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.OperationFailed;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.StartJob;
import dev.berth.port.ContainerHost;
import dev.berth.port.Reservation;
import dev.berth.wire.SpecJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts a game's runtime; if a step fails, the game is as it was before. */
final class StartRuntime implements Operation<Starting> {
    private static final String CREATE = "create the container";

    private final Action<Attempt, Starting> action = Action.<Attempt, Starting>named("start", Starting.CODEC)
            .step("choose a host", this::chooseHost, this::giveBack)
            .step("pull the image", this::pullImage)
            .act(CREATE, NewContainer::create, NewContainer::remove)
            .step("copy files", NewContainer::copyFiles)
            .act("start the container", NewContainer::start, NewContainer::kill)
            .step("wait until healthy", StartRuntime::awaitHealthy)
            .build();

    @Override
    public Action<Attempt, Starting> action() {
        return action;
    }

    @Override
    public Desired desired() {
        return Desired.RUNNING;
    }

    /**
     * Goes through all steps again: what a dead attempt had created is not taken over but gives way to the higher
     * fence, because that attempt may not be dead and about to undo it.
     */
    @Override
    public Deployment resumed(Deployment deployment) {
        return deployment.at(0, action.steps().getFirst().name(), deployment.state());
    }

    Plan<Starting> plan(StartJob job, Attempt attempt) {
        RuntimeSpec spec = job.spec().or(() -> attempt.game().spec()).orElse(SpecJson.DEFAULTS);
        Optional<RuntimeRecord> record = attempt.game().record();
        if (record.isEmpty()) {
            return begin(job, spec, attempt);
        }
        return switch (record.get().status()) {
            case REMOVED, STOPPED, FAILED -> begin(job, spec, attempt);
            case LOST ->
                isFree(record.get(), attempt)
                        ? begin(job, spec, attempt)
                        : Plan.refuse(ErrorCode.CONFLICT, "the game's host does not answer");
            case RUNNING -> {
                boolean same = record.get()
                                .image()
                                .filter(image -> image.ref().equals(job.image()))
                                .isPresent()
                        && record.get().specHash().equals(Optional.of(SpecJson.hash(spec)));
                if (!same) {
                    yield Plan.refuse(ErrorCode.CONFLICT, "the game is running with another image or spec");
                }
                yield !isFree(record.get(), attempt) && runs(record.get(), attempt)
                        ? new Plan.Nothing<>()
                        : begin(job, spec, attempt);
            }
        };
    }

    /** Whether an operator's word has freed the game from its host. */
    private static boolean isFree(RuntimeRecord record, Attempt attempt) {
        return record.host().filter(host -> LostHosts.isGivenUp(host, attempt)).isPresent();
    }

    /** The contents of its files are kept first, so that no spec that is written down refers to nothing. */
    private static Plan<Starting> begin(StartJob job, RuntimeSpec spec, Attempt attempt) {
        Optional<Failure> refusal = GameImage.refusal(job.image(), attempt);
        if (refusal.isPresent()) {
            return new Plan.Refuse<>(refusal.get());
        }
        Optional<HostId> volumes = volumesOf(spec, attempt).filter(host -> LostHosts.isGone(host, attempt));
        if (volumes.isPresent()) {
            return Plan.refuse(
                    ErrorCode.CONFLICT,
                    "the game's volumes are on host " + volumes.get()
                            + ", which is gone; clean up the game with its volumes to start without them");
        }
        attempt.world().blobs().keep(job.contents());
        List<Endpoint> before = attempt.game()
                .record()
                .flatMap(RuntimeRecord::container)
                .map(GameContainer::endpoints)
                .orElse(List.of());
        return new Plan.Act<>(Starting.of(job.image(), spec, PortChoice.preferring(before)));
    }

    /** Whether what is recorded to run does run. */
    static boolean runs(RuntimeRecord record, Attempt attempt) {
        return record.container()
                .flatMap(container ->
                        attempt.connect(record.host().orElseThrow()).inspect(container.id()))
                .filter(there -> there.state().live())
                .isPresent();
    }

    // --- the steps ---

    private Starting chooseHost(Starting start, Attempt attempt) {
        if (start.place().isPresent()) {
            return start;
        }
        Optional<Placement> before = attempt.game()
                .record()
                .flatMap(RuntimeRecord::placement)
                .filter(place -> !LostHosts.isGivenUp(place.host(), attempt));
        if (before.isPresent()
                && before.get().reserved().equals(start.spec().resources())
                && takesGames(before.get(), attempt)) {
            // It is bound to that host, and what it needs is reserved there already.
            Starting there = start.at(before.get(), false);
            attempt.save(attempt.current().orElseThrow().withState(Starting.CODEC.write(there)));
            return there;
        }
        Optional<HostId> bound = before.map(Placement::host).or(() -> volumesOf(start.spec(), attempt));
        Reservation place = HostChoice.reserve(
                start.spec(),
                host -> bound.isEmpty() || host.id().equals(bound.get()),
                there -> Starting.CODEC.write(start.at(there.placement(), true)),
                attempt);
        return start.at(place.placement(), true);
    }

    /**
     * The host that the game leaves by an operator's word may have come back. Looked at only once the start is written
     * down: the reconcile of that host either sees it and waits for what becomes of it, or is seen here.
     */
    private static void requireStillFree(Starting start, Attempt attempt) {
        Optional<HostId> left = attempt.game()
                .record()
                .flatMap(RuntimeRecord::host)
                .filter(host -> !host.equals(start.placed().host()));
        if (left.isPresent() && !LostHosts.isGivenUp(left.get(), attempt)) {
            throw new OperationFailed(ErrorCode.CONFLICT, "host " + left.get() + " has come back with the game");
        }
    }

    private static boolean takesGames(Placement place, Attempt attempt) {
        return attempt.world()
                .hosts()
                .find(place.host())
                .filter(Host::takesGames)
                .isPresent();
    }

    /** A game with volumes stays where they are. */
    private static Optional<HostId> volumesOf(RuntimeSpec spec, Attempt attempt) {
        return spec.volumes().isEmpty()
                ? Optional.empty()
                : attempt.game().record().flatMap(RuntimeRecord::volumesOn);
    }

    /** The reservation goes back with the commit that ends the operation; here is nothing left to do. */
    private Starting giveBack(Starting start, Attempt attempt) {
        return start;
    }

    private Starting pullImage(Starting start, Attempt attempt) {
        requireStillFree(start, attempt);
        ContainerHost host = attempt.connect(start.placed().host());
        return start.with(GameImage.ensure(start.ref(), host, attempt));
    }

    private static Starting awaitHealthy(Starting start, Attempt attempt) {
        return NewContainer.awaitHealthy(start, Duration.ZERO, attempt);
    }

    // --- what it came to ---

    @Override
    public Conclusion completed(Starting start, Attempt attempt) {
        return Conclusion.done(
                attempt.isResumed() ? Effect.RESUMED : Effect.CHANGED,
                start.record(attempt.game().record()),
                start.spec(),
                start.newlyReserved());
    }

    @Override
    public Conclusion undone(Ended.Undone<Starting> how, Attempt attempt) {
        Starting start = how.state();
        Failure why = Failures.of(how);
        Optional<RuntimeRecord> before = attempt.game().record();
        Optional<RuntimeRecord> after;
        if (how.isNotUndone(CREATE) && start.place().isPresent()) {
            // Something of it may still run there, so the game stays bound to that host until that is settled.
            after = Optional.of(before.map(record -> record.withPlacement(start.place())
                            .failed(why.code())
                            .toBeStopped())
                    .orElseGet(() -> RuntimeRecord.unproven(start.placed(), why.code())));
        } else {
            after = before.map(record -> asBefore(record, start.oldGone(), why.code()));
        }
        return Conclusion.rolledBack(attempt.game(), why, after, start.newlyReserved(), Optional.of(start.ref()));
    }

    private static RuntimeRecord asBefore(RuntimeRecord record, boolean oldGone, ErrorCode code) {
        boolean gamesFault = code == ErrorCode.CONTAINER_START_FAILED || code == ErrorCode.CONTAINER_UNHEALTHY;
        boolean nothingRuns = oldGone && record.status() == RuntimeStatus.RUNNING;
        RuntimeRecord told = oldGone ? record.withoutContainer() : record;
        return gamesFault || nothingRuns ? told.failed(code) : told;
    }
}
