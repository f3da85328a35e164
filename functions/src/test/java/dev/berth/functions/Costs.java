package dev.berth.functions;

import static java.util.Map.entry;

import dev.berth.local.aws.Template;
import dev.berth.local.costs.IdleMonth;
import dev.berth.local.costs.Prices;
import dev.berth.local.costs.Use;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The tables of what a stack costs, from what was counted, and from what is assumed here. */
final class Costs {
    /** How long a warm function runs, near its hosts and without a pull; a stop's own time comes on top. */
    private static final Map<String, Duration> BILLED = Map.ofEntries(
            entry("start", Duration.ofMillis(1500)),
            entry("the same job once more", Duration.ofMillis(100)),
            entry("start of what runs already", Duration.ofMillis(200)),
            entry("touch", Duration.ZERO),
            entry("restart", Duration.ofMillis(4000)),
            entry("patch", Duration.ofMillis(4000)),
            entry("patch that is rolled back", Duration.ofMillis(2000)),
            entry("stop", Duration.ofMillis(1000)),
            entry("cleanup", Duration.ofMillis(500)),
            entry("sweep", Duration.ofMillis(200)),
            entry("look", Duration.ofMillis(300)));

    private final Prices prices;
    private final IdleMonth idle;

    Costs(Prices prices, Template template) {
        this.prices = prices;
        this.idle = new IdleMonth(prices, template);
    }

    /** What an operation takes whose units and lines were counted. */
    static Use of(String operation, double readUnits, double writeUnits, long logBytes) {
        Duration billed = Objects.requireNonNull(BILLED.get(operation), operation);
        boolean queued = !billed.isZero() && !operation.equals("sweep");
        return new Use(readUnits, writeUnits, queued ? Use.REQUESTS_OF_A_JOB : 0, billed, logBytes);
    }

    /** A table of what operations cost, a thousand of each. */
    String ofOperations(Map<String, Use> uses) {
        return uses.entrySet().stream()
                .map(use -> row(use.getKey(), use.getValue()))
                .collect(Collectors.joining(
                        "",
                        "| 1,000 times | read units | write units | queue requests | billed, each | log | dollars |\n"
                                + "|---|---|---|---|---|---|---|\n",
                        ""));
    }

    private String row(String operation, Use use) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,d | %.1f s | %.1f MB | %.3f |\n",
                operation,
                use.readUnits() * 1000,
                use.writeUnits() * 1000,
                use.queueRequests() * 1000,
                use.billed().toMillis() / 1000.0,
                use.logBytes() / 1000.0,
                use.dollars(prices) * 1000);
    }

    /** A table of what a stack costs a month while nothing is asked of it, as {@link IdleMonth#items} has it. */
    String ofIdleness(Use due, Use hosts, Use look, Collection<String> lines) {
        return idle.items(due, hosts, look, lines).stream()
                .map(Costs::line)
                .collect(Collectors.joining("", "| a month, idle | | dollars |\n|---|---|---|\n", ""));
    }

    private static String line(IdleMonth.Item item) {
        String what = item.sum() ? "**" + item.what() + "**" : item.what();
        return String.format(Locale.ROOT, "| %s | %s | %.2f |\n", what, item.how(), item.dollars());
    }
}
