package dev.berth.sim;

import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.ImagePolicy;
import dev.berth.model.JobResult;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.model.RuntimeRecord;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.sim.Call.Port;
import dev.berth.sim.Scenario.Sandbox;
import dev.berth.sim.Scheduler.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One schedule: the operations as they are, in a world that is simulated from the clock to the engine. */
final class Sim {
    static final String STACK = "berth";
    private final Scheduler scheduler = new Scheduler();
    private final Trace trace;
    private final Faults faults;
    private final Setup setup;
    private final StoreModel store;
    private final Images images = new Images();
    private final Map<HostId, EngineModel> engines = new LinkedHashMap<>();
    private final Map<Sandbox, ModelHosts.Memory> memories = new LinkedHashMap<>();
    private final List<JobResult> results = new ArrayList<>();
    private final Defects defects = new Defects();
    private final List<Call> calls = new ArrayList<>();
    private final QueueModel queue;
    private final Promises promises;
    private final Scenario scenario;
    private Actor acting;
    private Optional<BooleanSupplier> givenUp = Optional.empty();
    private int actors;
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

    /** Runs it to its end. Throws {@link Violation} if a promise is broken. */
    void run() {
        scenario.sent()
                .forEach(sent -> scheduler.after(
                        sent.at(),
                        () -> queue.send(new Message("m" + queue.messages().size(), sent.job()))));
        Mishaps mishaps = new Mishaps(this);
        scenario.mishaps().forEach(mishap -> scheduler.after(mishap.at(), () -> mishaps.happen(mishap)));
        new Sweep(this, setup.neverSweeps()).begin();
        scheduler.run();
        promises.checkWhenQuiet();
    }

    // --- handlers ---

    private void deliver(Message message, int delivery) {
        Sandbox sandbox = scenario.sandboxes().get(actors % scenario.sandboxes().size());
        String name = message.job.kind().wire() + " " + message.job.request().job() + " delivery " + delivery + " in "
                + sandbox.name();
        Duration timeout = QueueModel.visibilityTimeout(message.job.kind()).dividedBy(6);
        begin(name, sandbox, timeout, (operations, actor) -> {
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
                delivery >= Limits.MAX_DELIVERIES, actor.now().plus(timeout).minus(Limits.FUNCTION_MARGIN));
    }

    private void settle(Message message, int delivery, Verdict verdict) {
        switch (verdict) {
            case Verdict.Done _ -> queue.delete(message);
            case Verdict.GiveBack _ when setup.forgetsGivenBack() -> queue.delete(message);
            case Verdict.GiveBack(var _, var delay) -> {
                Duration usual = Limits.GIVE_BACK.multipliedBy(1L << Math.min(delivery - 1, 5));
                queue.visibleIn(message, setup.givenBackFor(delay.orElse(usual)).toMillis());
            }
        }
    }

    /** What the sweep does about a game that nobody has finished. */
    void recover(GameId game) {
        Sandbox sandbox = scenario.sandboxes().get(actors % scenario.sandboxes().size());
        Duration timeout = Duration.ofMinutes(2);
        begin(
                "sweep of " + game + " in " + sandbox.name(),
                sandbox,
                timeout,
                (operations, actor) -> operations.recover(game, until(actor, timeout, 1)));
    }

    private interface Work {
        void run(Operations operations, Actor actor);
    }

    private void begin(String name, Sandbox sandbox, Duration timeout, Work work) {
        Actor actor = new Actor(
                this, actors++, name, new SimClock(scheduler, sandbox.clockOffset(), sandbox.clockPerMille()));
        actor.tell("begins");
        Strand strand = scheduler.start(name, () -> {
            work.run(setup.operations(setup.world(world(actor, sandbox))), actor);
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
                (host, left) -> new SimContainerHost(engines.get(host.id()), line, left),
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                result -> actor.atOnce(Port.QUEUE, "publish " + result.outcome() + " of " + result.job(), () -> {
                    results.add(result);
                    return "published";
                }),
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
