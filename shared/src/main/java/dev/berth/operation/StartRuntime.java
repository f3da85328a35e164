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
import dev.berth.model.HostState;
import dev.berth.model.OperationFailed;
import dev.berth.model.Placement;
import dev.berth.model.Resources;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.StartJob;
import dev.berth.port.ContainerHost;
import dev.berth.port.Reservation;
import dev.berth.wire.SpecJson;
import java.time.Duration;
import java.util.Comparator;
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
            case LOST -> Plan.refuse(ErrorCode.CONFLICT, "the game's host does not answer");
            case RUNNING -> {
                boolean same = record.get()
                                .image()
                                .filter(image -> image.ref().equals(job.image()))
                                .isPresent()
                        && record.get().specHash().equals(Optional.of(SpecJson.hash(spec)));
                if (!same) {
                    yield Plan.refuse(ErrorCode.CONFLICT, "the game is running with another image or spec");
                }
                yield runs(record.get(), attempt) ? new Plan.Nothing<>() : begin(job, spec, attempt);
            }
        };
    }

    /** The contents of its files are kept first, so that no spec that is written down refers to nothing. */
    private static Plan<Starting> begin(StartJob job, RuntimeSpec spec, Attempt attempt) {
        Optional<Failure> refusal = GameImage.refusal(job.image(), attempt);
        if (refusal.isPresent()) {
            return new Plan.Refuse<>(refusal.get());
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
        Optional<Placement> before = attempt.game().record().flatMap(RuntimeRecord::placement);
        List<Host> fitting = fitting(start, before.map(Placement::host), attempt);
        if (before.isPresent() && before.get().reserved().equals(start.spec().resources()) && !fitting.isEmpty()) {
            // It is bound to that host, and what it needs is reserved there already.
            Starting there = start.at(before.get(), false);
            attempt.save(attempt.current().orElseThrow().withState(Starting.CODEC.write(there)));
            return there;
        }
        for (Host host : roomiestFirst(fitting, start.spec().resources())) {
            Reservation place = new Reservation(host, start.spec().resources());
            Starting there = start.at(place.placement(), true);
            if (attempt.reserve(place, Starting.CODEC.write(there))) {
                return there;
            }
        }
        throw new OperationFailed(
                ErrorCode.NO_CAPACITY, "no active host that fits has room for " + describe(start.spec()));
    }

    /** @param bound the only host that it may be, where the game is bound to one */
    private static List<Host> fitting(Starting start, Optional<HostId> bound, Attempt attempt) {
        return attempt.world().hosts().all().stream()
                .filter(host -> bound.isEmpty() || host.id().equals(bound.get()))
                .filter(host -> host.state() == HostState.ACTIVE)
                .filter(host -> host.labels()
                        .entrySet()
                        .containsAll(start.spec().hostLabels().entrySet()))
                .toList();
    }

    private static List<Host> roomiestFirst(List<Host> hosts, Resources wanted) {
        return hosts.stream()
                .filter(host -> host.hasRoomFor(wanted))
                .sorted(Comparator.comparingLong(Host::freeMemory).reversed())
                .toList();
    }

    private static String describe(RuntimeSpec spec) {
        return spec.resources().milliVcpu() / 1000.0 + " vcpu and "
                + spec.resources().memory() + " of memory";
    }

    /** The reservation goes back with the commit that ends the operation; here is nothing left to do. */
    private Starting giveBack(Starting start, Attempt attempt) {
        return start;
    }

    private Starting pullImage(Starting start, Attempt attempt) {
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
                start.record(),
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
