package dev.berth.operation;

import dev.berth.action.Action;
import dev.berth.action.Deployment;
import dev.berth.action.Ended;
import dev.berth.model.Effect;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.GameContainer;
import dev.berth.model.Host;
import dev.berth.model.HostState;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.StartJob;
import dev.berth.model.WireName;
import dev.berth.port.Container;
import dev.berth.port.Container.Health;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerPlan;
import dev.berth.port.Reservation;
import dev.berth.wire.SpecJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a game's runtime; if a step fails, the game is as it was before. */
final class StartRuntime implements Operation<Starting> {
    private final Action<Attempt, Starting> action = Action.<Attempt, Starting>named("start", Starting.CODEC)
            .step("choose a host", this::chooseHost, this::giveBack)
            .step("pull the image", this::pullImage)
            .act("create the container", this::create, this::remove)
            .act("start the container", this::start, this::kill)
            .step("wait until healthy", this::awaitHealthy)
            .build();

    @Override
    public Action<Attempt, Starting> action() {
        return action;
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
        Optional<RuntimeSpec> spec = job.spec().or(() -> attempt.game().spec());
        if (spec.isEmpty()) {
            return Plan.refuse(ErrorCode.INVALID_REQUEST, "spec is required: the game has no last one");
        }
        Starting fresh = Starting.of(job.image(), spec.get());
        Optional<RuntimeRecord> record = attempt.game().record();
        if (record.isEmpty()) {
            return new Plan.Act<>(fresh);
        }
        return switch (record.get().status()) {
            case REMOVED, STOPPED, FAILED -> new Plan.Act<>(fresh);
            case LOST -> Plan.refuse(ErrorCode.CONFLICT, "the game's host does not answer");
            case RUNNING -> {
                boolean same = record.get().image().filter(image -> image.ref().equals(job.image())).isPresent()
                        && record.get().specHash().equals(Optional.of(SpecJson.hash(spec.get())));
                if (!same) {
                    yield Plan.refuse(ErrorCode.CONFLICT, "the game is running with another image or spec");
                }
                yield runs(record.get(), attempt) ? new Plan.Nothing<>() : new Plan.Act<>(fresh);
            }
        };
    }

    private static boolean runs(RuntimeRecord record, Attempt attempt) {
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
        if (before.isPresent() && before.get().reserved().equals(start.spec().resources())) {
            // It is bound to that host, and what it needs is reserved there already.
            Starting there = start.at(before.get(), false);
            attempt.save(attempt.current().orElseThrow().withState(Starting.CODEC.write(there)));
            return there;
        }
        for (Host host : candidates(start, before, attempt)) {
            Reservation place = new Reservation(host, start.spec().resources());
            Starting there = start.at(place.placement(), true);
            if (attempt.reserve(place, Starting.CODEC.write(there))) {
                return there;
            }
        }
        throw new OperationFailed(ErrorCode.NO_CAPACITY, "no active host has room for " + describe(start.spec()));
    }

    private static List<Host> candidates(Starting start, Optional<Placement> before, Attempt attempt) {
        return attempt.hosts().stream()
                .filter(host -> before.isEmpty() || host.id().equals(before.get().host()))
                .filter(host -> host.state() == HostState.ACTIVE)
                .filter(host -> host.labels().entrySet().containsAll(start.spec().hostLabels().entrySet()))
                .filter(host -> host.hasRoomFor(start.spec().resources()))
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
        ContainerHost host = host(start, attempt);
        Optional<Image> present = host.findImage(start.ref());
        return start.with(present.orElseGet(() -> host.pull(start.ref(), attempt::heartbeat)));
    }

    private Starting create(Starting start, Attempt attempt) {
        attempt.cover(Limits.MIN_CALL);
        NamedContainer name = name(attempt);
        Image image = start.image().orElseThrow();
        Map<String, String> labels = new HashMap<>(start.spec().labels());
        labels.put(NamedContainer.OWNER, attempt.stack());
        labels.put(NamedContainer.GAME, attempt.game().id().value());
        labels.put(NamedContainer.FENCE, attempt.fence().toString());
        labels.put(NamedContainer.OP, attempt.request().op().value());
        labels.put(NamedContainer.SPEC, SpecJson.hash(start.spec()));
        labels.put(NamedContainer.IMAGE, image.digest());
        String id = name.ensure(
                host(start, attempt),
                new ContainerPlan(name.name(), image.id(), labels, start.spec(), name.name()));
        return start.with(new GameContainer(id, attempt.fence(), List.of(), attempt.now()));
    }

    private Starting remove(Starting start, Attempt attempt) {
        if (start.place().isEmpty()) {
            return start;
        }
        attempt.cover(Limits.MIN_CALL);
        ContainerHost host = host(start, attempt);
        name(attempt).removeMine(host);
        Optional<String> old = attempt.game().record().flatMap(RuntimeRecord::container).map(GameContainer::id);
        return start.withoutContainer(old.isPresent() && host.inspect(old.get()).isEmpty());
    }

    private Starting start(Starting start, Attempt attempt) {
        attempt.cover(Limits.MIN_CALL);
        host(start, attempt).start(container(start).id());
        return start;
    }

    private Starting kill(Starting start, Attempt attempt) {
        if (start.container().isPresent()) {
            attempt.cover(Limits.MIN_CALL);
            host(start, attempt).kill(container(start).id());
        }
        return start;
    }

    private Starting awaitHealthy(Starting start, Attempt attempt) {
        ContainerHost host = host(start, attempt);
        Instant began = attempt.now();
        while (true) {
            Container there = host.inspect(container(start).id())
                    .orElseThrow(() -> failed(ErrorCode.CONTAINER_START_FAILED, "the container is gone"));
            if (!there.state().live()) {
                throw failed(
                        ErrorCode.CONTAINER_START_FAILED,
                        "the container ended with exit code " + there.exitCode().orElse(-1)
                                + (there.oomKilled() ? ", out of memory" : "")
                                + lastWords(host, there));
            }
            if (there.health().equals(Optional.of(Health.UNHEALTHY))) {
                throw failed(ErrorCode.CONTAINER_UNHEALTHY, "the health check failed" + lastWords(host, there));
            }
            Duration up = Duration.between(began, attempt.now());
            if (settled(there, start.spec(), up)) {
                return start.with(new GameContainer(
                        there.id(),
                        container(start).fence(),
                        there.endpoints(),
                        there.startedAt().orElseGet(attempt::now)));
            }
            if (up.compareTo(patience(start.spec())) > 0) {
                throw failed(ErrorCode.CONTAINER_UNHEALTHY, "not healthy within " + up.toSeconds() + " s" + lastWords(host, there));
            }
            attempt.heartbeat();
            attempt.pause(Limits.HEALTH_POLL);
        }
    }

    private static boolean settled(Container there, RuntimeSpec spec, Duration up) {
        boolean healthy = spec.health().isEmpty() || there.health().equals(Optional.of(Health.HEALTHY));
        return healthy && up.compareTo(spec.settle().orElse(Duration.ZERO)) >= 0;
    }

    /** As long as Docker itself may need to call the container unhealthy, and a while. */
    private static Duration patience(RuntimeSpec spec) {
        Duration checks = spec.health()
                .map(health -> health.startPeriod()
                        .plus(health.interval().plus(health.timeout()).multipliedBy(health.retries())))
                .orElse(Duration.ZERO);
        return spec.settle().orElse(Duration.ZERO).plus(checks).plus(Limits.HEALTHY_WITHIN);
    }

    private static String lastWords(ContainerHost host, Container container) {
        try {
            String logs = host.logs(container.id(), Limits.LAST_LOG_LINES).strip();
            return logs.isEmpty() ? "" : "; it printed last:\n" + logs;
        } catch (OperationFailed unheard) {
            return "; its output could not be read: " + unheard.text();
        }
    }

    private static OperationFailed failed(ErrorCode code, String text) {
        return new OperationFailed(code, text);
    }

    // --- what it came to ---

    @Override
    public Conclusion completed(Starting start, Attempt attempt) {
        RuntimeRecord record = RuntimeRecord.running(
                start.placed(),
                container(start),
                new PinnedImage(start.ref(), start.image().orElseThrow().digest()),
                SpecJson.hash(start.spec()));
        boolean again = attempt.current().filter(deployment -> deployment.attempt() > 1).isPresent();
        return Conclusion.done(again ? Effect.RESUMED : Effect.CHANGED, record, start.spec(), start.newlyReserved());
    }

    @Override
    public Conclusion undone(Ended.Undone<Starting> how, Attempt attempt) {
        Starting start = how.state();
        ErrorCode code = WireName.parse(ErrorCode.class, how.cause().code());
        Optional<RuntimeRecord> before = attempt.game().record();
        Optional<RuntimeRecord> after;
        if (!how.undoErrors().isEmpty() && start.place().isPresent()) {
            // Something of it may still run there, so the game stays bound to that host until that is settled.
            after = Optional.of(before.map(record -> record.withPlacement(start.place())
                            .failed(code)
                            .toBeStopped())
                    .orElseGet(() -> RuntimeRecord.unproven(start.placed(), code)));
        } else {
            after = before.map(record -> asBefore(record, start.oldGone(), code));
        }
        return Conclusion.rolledBack(
                attempt.game(),
                new Failure(code, how.cause().text()),
                after,
                start.newlyReserved(),
                Optional.of(start.ref()));
    }

    private static RuntimeRecord asBefore(RuntimeRecord record, boolean oldGone, ErrorCode code) {
        boolean gamesFault = code == ErrorCode.CONTAINER_START_FAILED || code == ErrorCode.CONTAINER_UNHEALTHY;
        boolean nothingRuns = oldGone && record.status() == RuntimeStatus.RUNNING;
        RuntimeRecord told = oldGone ? record.withoutContainer() : record;
        return gamesFault || nothingRuns ? told.failed(code) : told;
    }

    private static ContainerHost host(Starting start, Attempt attempt) {
        return attempt.connect(start.placed().host());
    }

    private static GameContainer container(Starting start) {
        return start.container().orElseThrow();
    }

    private static NamedContainer name(Attempt attempt) {
        return new NamedContainer(attempt.stack(), attempt.game().id(), attempt.fence(), attempt::pause);
    }
}
