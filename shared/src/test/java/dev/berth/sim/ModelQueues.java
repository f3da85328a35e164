package dev.berth.sim;

import dev.berth.model.Job;
import dev.berth.model.ReconcileJob;
import dev.berth.model.TraceHeader;
import dev.berth.port.JobQueues;
import java.util.List;
import java.util.Optional;

/** The queues of the model, as a sweep sends to them. */
final class ModelQueues implements JobQueues {
    private final Sim sim;
    private final Actor actor;

    ModelQueues(Sim sim, Actor actor) {
        this.sim = sim;
        this.actor = actor;
    }

    @Override
    public void send(List<Job> jobs, Optional<TraceHeader> trace) {
        jobs.forEach(job -> actor.atOnce(Call.Port.QUEUE, "send " + job.kind() + " of " + job.game(), () -> {
            sim.queue().send(new Message("m" + sim.queue().messages().size(), job));
            return "sent";
        }));
    }

    @Override
    public void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace) {
        jobs.forEach(job -> actor.atOnce(Call.Port.QUEUE, "send reconcile of " + job.host(), () -> {
            sim.reconcile(job);
            return "sent";
        }));
    }
}
