package dev.berth.operation;

import dev.berth.action.Deployment;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import dev.berth.model.Limits;
import dev.berth.model.OpSource;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.model.Request;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Sha256;
import dev.berth.port.Game;
import dev.berth.port.JobQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is done on a schedule: finds what is due and sends the jobs that do it, and takes up what dead attempts have left
 * open. It keeps nothing between two rounds, so that overlapping, repeated and broken off ones do no harm: what is still
 * due is found again.
 */
public final class Sweep {
    private final World world;
    private final Operations operations;
    private final JobQueues queues;
    private final SideBySide sideBySide;

    /** What a round is for. Two schedules, so that one cannot keep the other from its work. */
    public enum Task {
        /** Whatever is due about games by now. */
        DUE,
        /** A look at every host. */
        RECONCILE
    }

    /**
     * What came of a round.
     *
     * @param due games or hosts that there was something to do about
     * @param sent jobs
     * @param open deployments that dead attempts had left
     * @param recovered of those: how many are finished
     * @param left over for the next round
     */
    public record Report(int due, int sent, int open, int recovered, int left) {}

    /** What a round has found and done so far. */
    private static final class Found {
        private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger recovered = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();
    }

    public Sweep(World world, Operations operations, JobQueues queues, SideBySide sideBySide) {
        this.world = world;
        this.operations = operations;
        this.queues = queues;
        this.sideBySide = sideBySide;
    }

    /** @throws OperationFailed {@code store_unavailable} */
    public Report run(Task task, Delivery delivery) {
        return switch (task) {
            case DUE -> due(delivery);
            case RECONCILE -> reconcile(delivery);
        };
    }

    // --- what is due about games ---

    private Report due(Delivery delivery) {
        List<GameId> due = world.games().due(world.clock().now(), Limits.SWEEP_DUE);
        Found found = new Found();
        List<Runnable> looks = due.stream()
                .<Runnable>map(game -> () -> {
                    try {
                        look(game, delivery, found);
                    } catch (OperationFailed unseen) {
                        found.left.incrementAndGet();
                    }
                })
                .toList();
        sideBySide.run(looks, Limits.SWEEP_AT_ONCE);
        queues.send(List.copyOf(found.jobs), delivery.trace());
        return new Report(due.size(), found.jobs.size(), found.open.get(), found.recovered.get(), found.left.get());
    }

    /** The index only says where to look. */
    private void look(GameId id, Delivery delivery, Found found) {
        Optional<Game> game = world.games().find(id);
        Optional<Deployment> open = game.flatMap(Game::deployment);
        open.ifPresent(_ -> found.open.incrementAndGet());
        if (open.isEmpty() && game.filter(this::isOnSilentHost).isEmpty()) {
            game.flatMap(known -> DueJobs.of(known, world.clock().now())).ifPresent(found.jobs::add);
        } else if (open.isEmpty()) {
            found.left.incrementAndGet();
        } else if (hasTime(delivery.endsAt()) && isDone(operations.recover(id, open.get(), delivery))) {
            found.recovered.incrementAndGet();
        } else {
            found.left.incrementAndGet();
        }
    }

    /** What is known to fail is not sent every minute; it is still due when the host is back. */
    private boolean isOnSilentHost(Game game) {
        return game.record()
                .flatMap(RuntimeRecord::host)
                .flatMap(world.hosts()::find)
                .filter(host ->
                        host.notes().silentSince().isPresent() && !host.notes().givenUp())
                .isPresent();
    }

    private boolean hasTime(Instant endsAt) {
        return Duration.between(world.clock().now(), endsAt).compareTo(Limits.MIN_ATTEMPT) >= 0;
    }

    private static boolean isDone(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Done _, Verdict.Nothing _ -> true;
            case Verdict.GiveBack _ -> false;
        };
    }

    // --- a look at every host ---

    private Report reconcile(Delivery delivery) {
        Instant now = world.clock().now();
        List<ReconcileJob> jobs = world.hosts().readAll().stream()
                .map(host -> new ReconcileJob(host.id(), request(host, now)))
                .toList();
        queues.sendReconciles(jobs, delivery.trace());
        return new Report(jobs.size(), jobs.size(), 0, 0, 0);
    }

    private static Request request(Host host, Instant now) {
        JobId job = new JobId("sweep." + host.id() + "." + now.toEpochMilli());
        return new Request(
                job,
                OpSource.AUTO_RECONCILE,
                Optional.empty(),
                now,
                Optional.of(now.plus(Limits.RECONCILE_DEADLINE)),
                Sha256.hex(job.value()));
    }
}
