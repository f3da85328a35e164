package dev.berth.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./berth bench}. */
@Command(
        name = "berth bench",
        description = "Measure what things cost on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = LogBench.class)
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
