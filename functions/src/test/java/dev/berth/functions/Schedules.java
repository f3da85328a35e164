package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Failure;
import dev.berth.model.HostId;
import dev.berth.model.Job;
import dev.berth.model.ReconcileJob;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Delivery;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.Sweep;
import dev.berth.operation.World;
import dev.berth.port.JobQueues;
import dev.berth.wire.JobJson;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What happens to a fleet every minute, when a test says that a minute is over. */
final class Schedules {
    private final LocalFleet fleet;

    Schedules(LocalFleet fleet) {
        this.fleet = fleet;
    }

    /**
     * Both sweeps, and all that they send is done: the looks at hosts side by side, as functions do.
     *
     * @param world as the looks at hosts find it
     */
    void minute(World world) {
        fleet.clock.forward(Duration.ofMinutes(1));
        Sent sent = new Sent();
        Sweep sweep = new Sweep(fleet.world, new Operations(fleet.world), sent, SideBySide.threads());
        sweep.run(Sweep.Task.DUE, Delivery.until(fleet.soon()));
        sent.jobs.forEach(fleet::finish);
        sweep.run(Sweep.Task.RECONCILE, Delivery.until(fleet.soon()));
        Queue<Optional<Failure>> givenBack = new ConcurrentLinkedQueue<>();
        List<Runnable> looks = sent.reconciles.stream()
                .<Runnable>map(job -> () -> givenBack.add(reconcile(job, world, SideBySide.threads())))
                .toList();
        SideBySide.threads().run(looks, looks.size());
        assertThat(givenBack).hasSize(Fleet.HOSTS.size()).containsOnly(Optional.empty());
    }

    /** A look at one host alone. */
    void look(HostId host, World world, SideBySide sideBySide) {
        String message = Json.object().put("host_id", host.value()).toString();
        ReconcileJob job = JobJson.readReconcile(message, "look-at-" + host, fleet.clock.now());
        assertThat(reconcile(job, world, sideBySide)).isEmpty();
    }

    private Optional<Failure> reconcile(ReconcileJob job, World world, SideBySide sideBySide) {
        return new ReconcileHost(world, new Operations(world), sideBySide).perform(job, Delivery.until(fleet.soon()));
    }

    /** Keeps what a sweep sends. */
    private static final class Sent implements JobQueues {
        private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
        private final Queue<ReconcileJob> reconciles = new ConcurrentLinkedQueue<>();

        @Override
        public void send(List<Job> some, Optional<TraceHeader> trace) {
            jobs.addAll(some);
        }

        @Override
        public void sendReconciles(List<ReconcileJob> some, Optional<TraceHeader> trace) {
            reconciles.addAll(some);
        }
    }
}
