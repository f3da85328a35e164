package dev.berth.sim;

import dev.berth.model.HostResult;
import dev.berth.model.JobResult;
import dev.berth.model.TraceHeader;
import dev.berth.port.Results;
import dev.berth.sim.Call.Port;
import java.util.List;
import java.util.Optional;

/** Where results of the model are published. */
final class ModelResults implements Results {
    private final List<JobResult> results;
    private final List<HostResult> ofHosts;
    private final Actor actor;

    ModelResults(List<JobResult> results, List<HostResult> ofHosts, Actor actor) {
        this.results = results;
        this.ofHosts = ofHosts;
        this.actor = actor;
    }

    @Override
    public void publish(JobResult result, Optional<TraceHeader> trace) {
        actor.atOnce(Port.QUEUE, "publish " + result.outcome() + " of " + result.job(), () -> {
            results.add(result);
            return "published";
        });
    }

    @Override
    public void publish(HostResult result, Optional<TraceHeader> trace) {
        actor.atOnce(Port.QUEUE, "publish " + result.outcome() + " of " + result.job(), () -> {
            ofHosts.add(result);
            return "published";
        });
    }
}
