package dev.berth.functions;

import dev.berth.model.HostResult;
import dev.berth.model.JobResult;
import dev.berth.model.TraceHeader;
import dev.berth.port.Results;
import java.util.Optional;

/** Results that nobody waits for. */
final class Unheard implements Results {
    @Override
    public void publish(JobResult result, Optional<TraceHeader> trace) {}

    @Override
    public void publish(HostResult result, Optional<TraceHeader> trace) {}
}
