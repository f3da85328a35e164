package dev.berth.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./berth bench}. */
@Command(
        name = "berth bench",
        description = "Measure what things cost on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            LifeBench.class,
            ThroughputBench.class,
            LeaseBench.class,
            LogBench.class,
            ReconcileBench.class,
            ColdBench.class
        })
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
