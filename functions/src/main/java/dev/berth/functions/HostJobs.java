package dev.berth.functions;

import dev.berth.model.Failure;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.operation.Delivery;
import dev.berth.operation.ReconcileHost;
import dev.berth.wire.JobJson;
import java.util.Optional;

/** Jobs on hosts: to reconcile them. */
record HostJobs(ReconcileHost reconcile) implements Jobs {
    /** Each reads its own host, as it is at that moment. */
    @Override
    public void prepare() {}

    @Override
    public Optional<JobHead> head(JobMessage message) {
        return header(message).map(told -> JobHead.of(told.host(), told.request()));
    }

    @Override
    public Fate perform(JobMessage message, Delivery delivery) {
        ReconcileJob job;
        try {
            job = JobJson.readReconcile(message.body(), message.id(), message.sentAt());
        } catch (OperationFailed invalid) {
            return refused(message, Failure.of(invalid), delivery);
        }
        return fate(reconcile.perform(job, delivery));
    }

    private Fate refused(JobMessage message, Failure why, Delivery delivery) {
        return header(message)
                .map(job -> fate(reconcile.refuse(job.host(), job.request(), why, delivery)))
                .orElseGet(() -> new Fate.Buried(why));
    }

    private static Fate fate(Optional<Failure> undone) {
        return undone.<Fate>map(_ -> new Fate.GivenBack(Optional.empty())).orElseGet(Fate.Done::new);
    }

    private static Optional<ReconcileJob> header(JobMessage message) {
        return JobJson.reconcileHeader(message.body(), message.id(), message.sentAt());
    }
}
