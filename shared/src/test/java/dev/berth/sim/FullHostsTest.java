package dev.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.HandClock;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostResult;
import dev.berth.model.ImagePolicy;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.OpSource;
import dev.berth.model.Outcome;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.World;
import dev.berth.port.Container.State;
import dev.berth.port.ContainerPlan;
import dev.berth.port.Results;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand hosts with games that are in order: a look at a full one asks for no more than a look at an empty one. */
class FullHostsTest {
    private static final int HOSTS = 1_000;

    /** Of one host after the other. */
    private static final List<Integer> GAMES = List.of(0, 1, 10, 100);

    private static final Instant LONG_AGO = SimClock.BEGIN.minus(Duration.ofDays(3));
    private static final RuntimeSpec SPEC = Jobs.spec(Choices.calm());
    private static final PinnedImage IMAGE = new PinnedImage(Images.GOOD, "sha256:" + Sha256.hex("image"));

    private static final Scheduler SCHEDULER = new Scheduler();
    private static final StoreModel STORE = new StoreModel();
    private static final Map<HostId, EngineModel> ENGINES = new LinkedHashMap<>();
    private static final List<HostResult> RESULTS = new ArrayList<>();
    private static final List<String> ASKED = new ArrayList<>();
    private static final Map<HostId, List<String>> LOOKS = new LinkedHashMap<>();

    @BeforeAll
    static void aLookAtEachHost() {
        for (int number = 0; number < HOSTS; number++) {
            Host host = Scenario.host(number, 8);
            STORE.register(host);
            ENGINES.put(host.id(), new EngineModel(host.id(), SCHEDULER, Faults.NONE, new Images()));
            for (int game = 0; game < GAMES.get(number % GAMES.size()); game++) {
                settle(new GameId("game-" + number + "-" + game), host.id());
            }
        }
        World world = world();
        ReconcileHost reconcile =
                new ReconcileHost(world, new Operations(world), (tasks, _) -> tasks.forEach(Runnable::run));
        ENGINES.keySet().forEach(host -> LOOKS.put(host, look(host, reconcile)));
    }

    /** As its start has left it: so many starts would take a while. */
    private static void settle(GameId game, HostId host) {
        ContainerPlan plan =
                ContainerPlan.of(Sim.STACK + "_" + game, "demo", People.labels(game, "1"), SPEC, game.value());
        Box box = ENGINES.get(host)
                .fate()
                .somebodyMade(plan, State.RUNNING, LONG_AGO)
                .orElseThrow();
        GameRow row = new GameRow(game);
        row.record = Optional.of(RuntimeRecord.running(
                new Placement(host, SPEC.resources()),
                new GameContainer(box.id, new Fence(1), List.of(), LONG_AGO),
                IMAGE,
                Sha256.hex("spec"),
                Optional.empty()));
        STORE.games().put(game, row);
        STORE.indexes().follow(row);
    }

    private static World world() {
        DirectLine line = new DirectLine(SCHEDULER, ASKED::add);
        HandClock clock = HandClock.at(SimClock.BEGIN);
        return new World(
                Sim.STACK,
                new ModelGames(STORE, clock, line),
                new ModelBlobs(STORE, line),
                new ModelHosts(STORE, clock, line, new ModelHosts.Memory()),
                (host, left, ended) -> new SimContainerHost(ENGINES.get(host.id()), line, left, clock, ended),
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new Results() {
                    @Override
                    public void publish(JobResult result, Optional<TraceHeader> trace) {
                        throw new IllegalStateException("nothing is to be settled, but there is " + result);
                    }

                    @Override
                    public void publish(HostResult result, Optional<TraceHeader> trace) {
                        RESULTS.add(result);
                    }
                },
                new Defects(),
                clock);
    }

    private static List<String> look(HostId host, ReconcileHost reconcile) {
        ASKED.clear();
        JobId job = new JobId("look-at-" + host);
        Request request = new Request(
                job,
                OpSource.AUTO_RECONCILE,
                Optional.empty(),
                SimClock.BEGIN,
                Optional.empty(),
                Sha256.hex(host.value()));
        reconcile.perform(new ReconcileJob(host, request), Delivery.until(SimClock.BEGIN.plus(Duration.ofDays(1))));
        return ASKED.stream().map(what -> what.replace(host.value(), "it")).toList();
    }

    @Test
    void aFullHostIsAskedForNoMoreThanAnEmptyOne() {
        assertThat(LOOKS).hasSize(HOSTS);
        assertThat(LOOKS.values())
                .allSatisfy(asked -> assertThat(asked)
                        .containsExactly(
                                "read it", "list containers with {berth.owner=berth} on it", "list the games on it"));
    }

    @Test
    void everythingIsFoundInOrder() {
        assertThat(RESULTS)
                .hasSize(HOSTS)
                .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.SUCCESS));
        assertThat(STORE.hosts())
                .allSatisfy(host -> assertThat(host.notes().missing()).isEmpty());
    }
}
