package dev.berth.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A look at a host on which everything is in order: it must not cost more because more is there. */
@Command(
        name = "reconcile",
        description = "Measure a look at a host with 0, 50, 100 and 200 containers that are in order.",
        mixinStandardHelpOptions = true)
final class ReconcileBench implements Callable<Integer> {
    /** The network of an engine on this machine has room for 253. */
    private static final List<Integer> CONTAINERS = List.of(0, 50, 100, 200);

    private static final int STARTED_AT_A_TIME = 8;

    @Option(names = "--rounds", defaultValue = "20", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    @Override
    public Integer call() {
        Report report = printed.report();
        Steps steps = new Steps();
        try (Lab lab = new Lab(1, STARTED_AT_A_TIME, steps);
                Jobs jobs = new Jobs(lab.aws())) {
            List<ObjectNode> rows = new ArrayList<>();
            int there = 0;
            for (int containers : CONTAINERS) {
                List<ObjectNode> starts = IntStream.range(there, containers)
                        .mapToObj(game -> Jobs.start("game-" + game, lab.image()))
                        .toList();
                jobs.done("StartJobs", starts, STARTED_AT_A_TIME);
                there = containers;
                look(jobs, "warm-up-" + containers);
                steps.clear();
                List<Duration> looks = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    String job = "look-" + containers + "-" + round;
                    looks.add(Stopwatch.of(() -> look(jobs, job)));
                }
                Samples samples = new Samples(looks);
                rows.add(Json.object()
                        .put("containers", containers)
                        .put("p50 ms", Report.rounded(samples.p50(), 10))
                        .put("p95 ms", Report.rounded(samples.p95(), 10))
                        .put("calls to the engine, each", Report.rounded(steps.engineCalls() / (double) rounds, 10)));
            }
            report.table("a look at a host that is in order, from queue to result", rows);
            lab.clear();
        }
        return 0;
    }

    private static void look(Jobs jobs, String job) {
        jobs.done("ReconcileJobs", Json.object().put("host_id", "host-1").put("job_id", job));
    }
}
