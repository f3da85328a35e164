package dev.berth.port;

import dev.berth.model.Job;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import java.util.List;

/** The queues that jobs are sent to, each to that of its kind. */
public interface JobQueues {
    /** @throws OperationFailed {@code store_unavailable}; some may have been sent */
    void send(List<Job> jobs);

    /** @throws OperationFailed {@code store_unavailable}; some may have been sent */
    void sendReconciles(List<ReconcileJob> jobs);
}
