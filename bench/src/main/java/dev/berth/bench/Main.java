package dev.berth.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./berth bench}: one of them, or all that belongs on one page. */
@Command(
        name = "berth bench",
        description =
                "Measure what things cost on this machine; without a command, all but the log, in twenty minutes or so.",
        mixinStandardHelpOptions = true,
        subcommands = {
            LifeBench.class,
            ThroughputBench.class,
            LeaseBench.class,
            LogBench.class,
            ReconcileBench.class,
            ColdBench.class,
            CostBench.class
        })
final class Main implements Callable<Integer> {
    /** With fewer rounds than each of them has by itself. */
    private static final List<List<String>> PAGE = List.of(
            List.of("life", "--rounds=15", "--warm-up=100"),
            List.of("throughput", "--games=24"),
            List.of("lease"),
            List.of("reconcile", "--rounds=10"),
            List.of("cold", "--rounds=5"),
            List.of("cost", "--rounds=5"));

    @Mixin
    private ReportOptions printed = new ReportOptions();

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /** @return of what they return the worst: one that fails does not keep the others from being measured */
    @Override
    public Integer call() {
        Report report = printed.report();
        report.table("the machine", List.of(Machine.row()));
        int worst = 0;
        for (List<String> bench : PAGE) {
            report.say("\n## " + String.join(" ", bench));
            List<String> arguments = new ArrayList<>(bench);
            if (report.json()) {
                arguments.add("--json");
            }
            Stopwatch watch = new Stopwatch();
            worst = Math.max(worst, new CommandLine(new Main()).execute(arguments.toArray(String[]::new)));
            report.say("\nin " + watch.elapsed().toSeconds() + " s");
        }
        return worst;
    }
}
