package dev.berth.sim;

import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.ImagePolicy;
import dev.berth.model.JobResult;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.model.ReconcileJob;
import dev.berth.model.RuntimeRecord;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.Sweep;
import dev.berth.operation.Sweep.Task;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.sim.Call.Port;
import dev.berth.sim.Scenario.Sandbox;
import dev.berth.sim.Scheduler.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** One schedule: the operations as they are, in a world that is simulated from the clock to the engine. */
final class Sim {
    static final String STACK = "berth";
    private static final int ORDERS = 5;
    private static final SideBySide ONE_AFTER_ANOTHER = (tasks, _) -> tasks.forEach(Runnable::run);

    private final Scheduler scheduler = new Scheduler();
    private final Trace trace;
    private final Faults faults;
    private final Setup setup;
    private final StoreModel store;
    private final Images images = new Images();
    private final Map<HostId, EngineModel> engines = new LinkedHashMap<>();
    private final Map<Sandbox, ModelHosts.Memory> memories = new LinkedHashMap<>();
    private final List<JobResult> results = new ArrayList<>();
    private final List<HostResult> hostResults = new ArrayList<>();
    private final Defects defects = new Defects();
    private final List<Call> calls = new ArrayList<>();
    private final QueueModel queue;
    private final Promises promises;
    private final Scenario scenario;
    private Actor acting;
    private Optional<BooleanSupplier> givenUp = Optional.empty();
    private int actors;
    private long restlessUntil;
    private final Set<Way> partitions = new HashSet<>();
    private final Set<HostId> declaredLost = new HashSet<>();
    private final Map<Actor, Message> underWay = new HashMap<>();

    Sim(Scenario scenario, Faults faults, Trace trace, Setup setup) {
        this.scenario = scenario;
        this.faults = faults;
        this.trace = trace;
        this.setup = setup;
        this.store = setup.store();
        this.queue = new QueueModel(scheduler, trace, faults, this::deliver);
        for (Host host : scenario.hosts()) {
            store.register(host);
            EngineModel engine = setup.engine(host.id(), scheduler, faults, images);
            images.arrived(host.id(), Images.GOOD);
            engines.put(host.id(), engine);
        }
        this.promises = new Promises(this);
        store.watchedBy(promises);
        engines.values().forEach(engine -> engine.watchedBy(promises));
        scenario.sandboxes().forEach(sandbox -> memories.put(sandbox, new ModelHosts.Memory()));
    }

    /** From a sandbox to a host. */
    record Way(Sandbox sandbox, HostId host) {}

    /** Runs it to its end. Throws {@link Violation} if a promise is broken. */
    void run() {
        scenario.sent()
                .forEach(sent -> scheduler.after(
                        sent.at(),
                        () -> queue.send(new Message("m" + queue.messages().size(), sent.job()))));
        Mishaps mishaps = new Mishaps(this);
        scenario.mishaps().forEach(mishap -> scheduler.after(mishap.at(), () -> mishaps.happen(mishap)));
        new Rounds(this, scenario.fleet(), setup.neverSweeps()).begin();
        scheduler.run();
        promises.checkWhenQuiet();
    }

    // --- handlers ---

    private void deliver(Message message, int delivery) {
        Sandbox sandbox = nextSandbox();
        String name = message.job.kind().wire() + " " + message.job.request().job() + " delivery " + delivery + " in "
                + sandbox.name();
        Duration timeout = QueueModel.visibilityTimeout(message.job.kind()).dividedBy(6);
        begin(name, sandbox, timeout, (operations, _, actor) -> {
            underWay.put(actor, message);
            if (setup.acknowledgesFirst()) {
                queue.delete(message);
            }
            Verdict verdict = operations.perform(message.job, until(actor, timeout, delivery));
            try {
                actor.atOnce(Port.QUEUE, verdict instanceof Verdict.Done ? "delete the message" : "give back", () -> {
                    settle(message, delivery, verdict);
                    return verdict;
                });
            } catch (OperationFailed queueDown) {
                actor.tell("leaves the message to its visibility time-out");
            }
        });
    }

    private static Delivery until(Actor actor, Duration timeout, int delivery) {
        return new Delivery(
                delivery >= Limits.MAX_DELIVERIES,
                actor.now().plus(timeout).minus(Limits.FUNCTION_MARGIN),
                Optional.empty());
    }

    private void settle(Message message, int delivery, Verdict verdict) {
        switch (verdict) {
            case Verdict.Done _, Verdict.Nothing _ -> queue.delete(message);
            case Verdict.GiveBack _ when setup.forgetsGivenBack() -> queue.delete(message);
            case Verdict.GiveBack(var _, var delay) -> {
                Duration usual = Limits.GIVE_BACK.multipliedBy(1L << Math.min(delivery - 1, 5));
                queue.visibleIn(message, setup.givenBackFor(delay.orElse(usual)).toMillis());
            }
        }
    }

    /** A round of what is done on a schedule. */
    void sweep(Task task) {
        Duration timeout = Duration.ofMinutes(2);
        begin("sweep for " + task, nextSandbox(), timeout, (operations, world, actor) -> {
            try {
                new Sweep(world, operations, setup.queues(new ModelQueues(this, actor)), ONE_AFTER_ANOTHER)
                        .run(task, until(actor, timeout, 1));
            } catch (OperationFailed broken) {
                actor.tell("gives up: " + broken.getMessage());
            }
        });
    }

    /** The message is delivered once; if that comes to nothing, there is another one with the next sweep. */
    void reconcile(ReconcileJob job) {
        Duration timeout = Duration.ofMinutes(5);
        scheduler.after(
                faults.travel(),
                () -> begin(
                        "reconcile of " + job.host(),
                        nextSandbox(),
                        timeout,
                        (operations, world, actor) -> new ReconcileHost(world, operations, ONE_AFTER_ANOTHER)
                                .perform(job, until(actor, timeout, 1))));
    }

    /** What an operator does with a host, by the registry alone. */
    void order(String what, UnaryOperator<Host> change, HostId id) {
        begin(what + " " + id, nextSandbox(), Duration.ofMinutes(1), (_, world, actor) -> {
            try {
                for (int i = 0; i < ORDERS; i++) {
                    Host seen = world.hosts().read(id).orElseThrow();
                    Host wanted = change.apply(seen);
                    if (world.hosts().change(seen, wanted.state(), wanted.notes())) {
                        return;
                    }
                }
            } catch (OperationFailed broken) {
                actor.tell("gives up: " + broken.getMessage());
            }
        });
    }

    /** Somebody uses a game, beside whoever holds it. */
    void touch(GameId game) {
        begin("touch of " + game, nextSandbox(), Duration.ofMinutes(1), (_, world, actor) -> {
            try {
                world.games().touch(game, actor.now());
            } catch (OperationFailed broken) {
                actor.tell("gives up: " + broken.getMessage());
            }
        });
    }

    private Sandbox nextSandbox() {
        return scenario.sandboxes().get(actors % scenario.sandboxes().size());
    }

    private interface Work {
        void run(Operations operations, World world, Actor actor);
    }

    private void begin(String name, Sandbox sandbox, Duration timeout, Work work) {
        Actor actor = new Actor(
                this, actors++, name, new SimClock(scheduler, sandbox.clockOffset(), sandbox.clockPerMille()));
        actor.tell("begins");
        Strand strand = scheduler.start(name, () -> {
            World world = setup.world(world(actor, sandbox));
            work.run(setup.operations(world), world, actor);
            actor.tell("ends");
        });
        actor.runs(strand);
        scheduler.after(timeout.toMillis(), () -> {
            if (!strand.isOver()) {
                actor.tell("!! killed, its time is over");
                strand.kill();
            }
        });
    }

    private World world(Actor actor, Sandbox sandbox) {
        ActorLine line = new ActorLine(actor);
        Clock clock = actor;
        return new World(
                STACK,
                new ModelGames(store, clock, line),
                new ModelBlobs(store, line),
                new ModelHosts(store, clock, line, memories.get(sandbox)),
                (host, left, ended) -> new SimContainerHost(
                        engines.get(host.id()),
                        new PartitionedLine(line, () -> partitions.contains(new Way(sandbox, host.id()))),
                        left,
                        clock,
                        ended),
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new ModelResults(results, hostResults, actor),
                defects,
                clock);
    }

    // --- for those that look on ---

    /** @param nobodyWaits whether nobody waits any more for what the actor asks */
    void acting(Actor actor, BooleanSupplier nobodyWaits, Runnable effect) {
        acting = actor;
        givenUp = Optional.of(nobodyWaits);
        effect.run();
        acting = null;
        givenUp = Optional.empty();
    }

    /** Whether what happens right now was asked for by somebody who has given up. */
    boolean isLate() {
        return givenUp.filter(BooleanSupplier::getAsBoolean).isPresent();
    }

    /** The same causer for something that happens later. */
    Runnable bound(Runnable later) {
        Actor actor = acting;
        BooleanSupplier nobodyWaits = givenUp.orElse(() -> false);
        return () -> acting(actor, nobodyWaits, later);
    }

    /** Who causes what happens right now; null if it happens by itself. */
    Actor acting() {
        return acting;
    }

    void recorded(Call call) {
        calls.add(call);
    }

    void died(Actor actor) {
        Optional.ofNullable(underWay.get(actor))
                .ifPresent(message ->
                        setup.backAfterDeath().ifPresent(delay -> queue.visibleIn(message, delay.toMillis())));
    }

    List<Call> calls() {
        return calls;
    }

    List<String> defects() {
        return defects.told();
    }

    List<JobResult> results() {
        return results;
    }

    List<HostResult> hostResults() {
        return hostResults;
    }

    /** What became of a game: its record, and the name that its container has. */
    Optional<String> told(GameRow row) {
        return row.record.map(record -> record.status() + " "
                + record.image().map(PinnedImage::ref) + " "
                + record.container()
                        .flatMap(container -> box(record, container))
                        .map(box -> box.name));
    }

    private Optional<Box> box(RuntimeRecord record, GameContainer container) {
        return record.host().map(engines::get).map(engine -> engine.boxes().get(container.id()));
    }

    /** Something that nobody waits for any more will still happen, in so many milliseconds. */
    void restless(long millis) {
        restlessUntil = Math.max(restlessUntil, scheduler.now() + millis);
    }

    boolean isRestless() {
        return scheduler.now() <= restlessUntil;
    }

    /** All that should come to rest, in words. */
    String state() {
        StringBuilder state = new StringBuilder();
        store.games().values().forEach(row -> state.append(row.log.size()).append(' '));
        store.hosts()
                .forEach(host -> state.append(host.state()).append(host.notes()).append(' '));
        engines.values().forEach(engine -> state.append(engine.boxes().values()));
        return state.toString();
    }

    Scenario scenario() {
        return scenario;
    }

    Set<Way> partitions() {
        return partitions;
    }

    /** Hosts that an operator has declared lost and nobody has reconciled since: two of a game may live for that long. */
    Set<HostId> declaredLost() {
        return declaredLost;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Trace trace() {
        return trace;
    }

    Faults faults() {
        return faults;
    }

    StoreModel store() {
        return store;
    }

    Map<HostId, EngineModel> engines() {
        return engines;
    }

    Images images() {
        return images;
    }

    QueueModel queue() {
        return queue;
    }
}
