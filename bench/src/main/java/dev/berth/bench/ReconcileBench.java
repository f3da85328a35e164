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

/** Looks at hosts on which everything is in order: they must not cost more because more is there. */
@Command(
        name = "reconcile",
        description = "Measure looks at a host with more and more containers, and at a fleet in the model.",
        mixinStandardHelpOptions = true)
final class ReconcileBench implements Callable<Integer> {
    private static final int STARTED_AT_A_TIME = 8;

    @Option(names = "--rounds", defaultValue = "20", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--containers",
            split = ",",
            defaultValue = "0,50,200,400",
            description = "How many are on the host, rising (default: ${DEFAULT-VALUE}).")
    private List<Integer> containers = new ArrayList<>();

    @Option(names = "--hosts", defaultValue = "1000", description = "Of the fleet (default: ${DEFAULT-VALUE}).")
    private int hosts;

    @Mixin
    private ReportOptions printed = new ReportOptions();

    @Override
    public Integer call() {
        Report report = printed.report();
        report.table("a look at a host that is in order, from queue to result", host());
        try (FleetLooks fleet = new FleetLooks()) {
            report.table("looks at the hosts of a fleet, one after the other", fleet.upTo(hosts));
        }
        return 0;
    }

    private List<ObjectNode> host() {
        Steps steps = new Steps();
        List<ObjectNode> rows = new ArrayList<>();
        try (Lab lab = new Lab(1, STARTED_AT_A_TIME, steps);
                Jobs jobs = new Jobs(lab.aws())) {
            int there = 0;
            for (int wanted : containers) {
                List<ObjectNode> starts = IntStream.range(there, wanted)
                        .mapToObj(game -> Jobs.start("game-" + game, lab.image()))
                        .toList();
                jobs.done("StartJobs", starts, STARTED_AT_A_TIME);
                there = wanted;
                rows.add(looks(wanted, jobs, steps));
            }
            lab.clear();
        }
        return rows;
    }

    private ObjectNode looks(int there, Jobs jobs, Steps steps) {
        look(jobs, "warm-up-" + there);
        steps.clear();
        List<Duration> looks = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            String job = "look-" + there + "-" + round;
            looks.add(Stopwatch.of(() -> look(jobs, job)));
        }
        Samples samples = new Samples(looks);
        return Json.object()
                .put("containers", there)
                .put("p50 ms", Report.rounded(samples.p50(), 10))
                .put("p95 ms", Report.rounded(samples.p95(), 10))
                .put("calls to the engine, each", Report.rounded(steps.engineCalls() / (double) rounds, 10));
    }

    private static void look(Jobs jobs, String job) {
        jobs.done("ReconcileJobs", Json.object().put("host_id", "host-1").put("job_id", job));
    }
}
