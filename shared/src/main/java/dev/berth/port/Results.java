package dev.berth.port;

import dev.berth.model.HostResult;
import dev.berth.model.JobResult;

/** Where results of jobs are published. */
public interface Results {
    void publish(JobResult result);

    void publish(HostResult result);
}
