package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.costs.IdleMonth;
import dev.berth.local.costs.Use;
import dev.berth.model.HostId;
import dev.berth.model.Job;
import dev.berth.model.ReconcileJob;
import dev.berth.model.TraceHeader;
import dev.berth.operation.Operations;
import dev.berth.operation.ReconcileHost;
import dev.berth.operation.SideBySide;
import dev.berth.operation.Sweep;
import dev.berth.operation.Sweep.Task;
import dev.berth.operation.World;
import dev.berth.port.JobQueues;
import dev.berth.wire.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happens in a minute in which nobody asks for anything: two sweeps, and a look at the one host. What that asks of DynamoDB
 * is counted in this process; what it prints is what the functions print for the same.
 */
record IdleMinute(Use due, Use hosts, Use look) {

    static IdleMinute of(Lab lab, CountedWork work) {
        World world = work.world();
        Operations operations = new Operations(world);
        Sweep sweep = new Sweep(world, operations, new Unsent(), SideBySide.threads());
        ReconcileHost reconcile = new ReconcileHost(world, operations, SideBySide.threads());
        String host = lab.engine().hostId();
        IdleMinute minute = new IdleMinute(
                work.taken(0, () -> sweep.run(Task.DUE, Here.delivery())).use(),
                work.taken(0, () -> sweep.run(Task.RECONCILE, Here.delivery())).use(),
                work.taken(
                                Use.REQUESTS_OF_A_JOB,
                                () -> reconcile.perform(
                                        Here.look(new HostId(host), "look", Instant.now()), Here.delivery()))
                        .use());
        lab.aws().function("SweepFunction").invoke("{\"task\":\"due\"}");
        lab.aws().function("SweepFunction").invoke("{\"task\":\"reconcile\"}");
        try (Jobs jobs = new Jobs(lab.aws())) {
            jobs.done("ReconcileJobs", Json.object().put("host_id", host).put("job_id", "look"));
        }
        return minute;
    }

    /** @param lines that the functions have printed; two looks were taken there, one of which a sweep asked for */
    List<IdleMonth.Item> month(IdleMonth month, Collection<String> lines) {
        return month.items(
                printing(due, bytes(lines, line -> line.path("task").asText().equals("due"))),
                printing(hosts, bytes(lines, line -> line.path("task").asText().equals("reconcile"))),
                printing(look, bytes(lines, line -> line.has("host_id")) / 2),
                lines);
    }

    private static Use printing(Use use, long bytes) {
        return new Use(use.readUnits(), use.writeUnits(), use.queueRequests(), use.billed(), bytes);
    }

    private static long bytes(Collection<String> lines, Predicate<ObjectNode> which) {
        return lines.stream()
                .filter(line -> which.test(Json.parse(line)))
                .mapToLong(line -> line.getBytes(UTF_8).length + 1)
                .sum();
    }

    /** Jobs that nobody gets: what they would do is counted by itself. */
    private static final class Unsent implements JobQueues {
        @Override
        public void send(List<Job> jobs, Optional<TraceHeader> trace) {}

        @Override
        public void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace) {}
    }
}
