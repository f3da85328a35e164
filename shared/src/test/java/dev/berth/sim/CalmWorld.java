package dev.berth.sim;

import dev.berth.model.Host;
import dev.berth.model.HostResult;
import dev.berth.model.ImagePolicy;
import dev.berth.model.Job;
import dev.berth.model.JobResult;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.Verdict;
import dev.berth.operation.World;
import dev.berth.port.Clock;
import dev.berth.port.ContainerHosts;
import dev.berth.port.Results;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** One host and one handler at a time, where nothing fails by itself: what is wrong there, a test has done. */
final class CalmWorld {
    final StoreModel store = new StoreModel();
    final List<JobResult> results = new ArrayList<>();
    final Host host = Scenario.host(0, 8);

    /** How many connections to an engine were asked for. */
    final AtomicInteger engineAsked = new AtomicInteger();

    final Clock clock;
    final ModelGames games;
    final ModelLog log = new ModelLog(store);
    final World world;
    final Operations operations;
    private final Scheduler scheduler = new Scheduler();

    CalmWorld() {
        this(UnaryOperator.identity());
    }

    /** @param hosts what stands between the operations and the engine, or in its place */
    CalmWorld(UnaryOperator<ContainerHosts> hosts) {
        DirectLine line = new DirectLine(scheduler);
        SimClock time = SimClock.exact(scheduler);
        Images images = new Images();
        EngineModel engine = new EngineModel(host.id(), scheduler, Faults.NONE, images);
        images.arrived(host.id(), Images.GOOD);
        store.register(host);
        clock = new Clock() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public void pause(Duration duration) {
                line.pause(duration);
            }
        };
        games = new ModelGames(store, clock, line);
        world = new World(
                Sim.STACK,
                games,
                new ModelBlobs(store, line),
                new ModelHosts(store, clock, line, new ModelHosts.Memory()),
                hosts.apply((_, left, ended) -> {
                    engineAsked.incrementAndGet();
                    return new SimContainerHost(engine, line, left, clock, ended);
                }),
                _ -> Optional.empty(),
                ImagePolicy.OPEN,
                new Results() {
                    @Override
                    public void publish(JobResult result, Optional<TraceHeader> trace) {
                        results.add(result);
                    }

                    @Override
                    public void publish(HostResult result, Optional<TraceHeader> trace) {}
                },
                new Defects(),
                clock);
        operations = new Operations(world);
    }

    Delivery delivery() {
        return Delivery.until(clock.now().plus(Duration.ofMinutes(4)));
    }

    Verdict perform(Job job) {
        return operations.perform(job, delivery());
    }
}
