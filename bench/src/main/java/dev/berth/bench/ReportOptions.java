package dev.berth.bench;

import picocli.CommandLine.Option;

/** How what was measured is printed; the same for every bench. */
final class ReportOptions {
    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    Report report() {
        return new Report(json);
    }
}
