package dev.berth.port;

import dev.berth.model.HostResult;
import dev.berth.model.JobResult;
import dev.berth.model.TraceHeader;
import java.util.Optional;

/** Where results of jobs are published, each as a part of the trace that its job belongs to. */
public interface Results {
    void publish(JobResult result, Optional<TraceHeader> trace);

    void publish(HostResult result, Optional<TraceHeader> trace);
}
