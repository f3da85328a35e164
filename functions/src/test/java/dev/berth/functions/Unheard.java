package dev.berth.functions;

import dev.berth.model.HostResult;
import dev.berth.model.JobResult;
import dev.berth.port.Results;

/** Results that nobody waits for. */
final class Unheard implements Results {
    @Override
    public void publish(JobResult result) {}

    @Override
    public void publish(HostResult result) {}
}
