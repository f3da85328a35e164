package dev.berth.port;

import dev.berth.model.Job;
import dev.berth.model.OperationFailed;
import dev.berth.model.ReconcileJob;
import dev.berth.model.TraceHeader;
import java.util.List;
import java.util.Optional;

/** The queues that jobs are sent to, each to that of its kind, as parts of the trace of who sends them. */
public interface JobQueues {
    /** @throws OperationFailed {@code store_unavailable}; some may have been sent */
    void send(List<Job> jobs, Optional<TraceHeader> trace);

    /** @throws OperationFailed {@code store_unavailable}; some may have been sent */
    void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace);
}
