package dev.berth.functions;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.aws.Template;
import dev.berth.wire.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a stack costs, from what was counted, from the template, and from what is assumed here. */
final class Costs {
    /** Yours that sends the job, Lambda's that receive and delete it, and the one that sends the result. */
    private static final int REQUESTS_OF_A_JOB = 4;

    private static final int MINUTES_OF_A_MONTH = 43_800;
    private static final int POLLS_AT_A_TIME = 5;
    private static final int POLLS_A_MINUTE = 60 / 20;
    private static final int SECRET_READS_OF_A_MONTH = MINUTES_OF_A_MONTH / 5;

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
    private final JsonNode resources;

    Costs(Prices prices, Template template) {
        this.prices = prices;
        resources = new ObjectMapper().valueToTree(template.asWritten()).path("Resources");
    }

    /** What an operation takes whose units and lines were counted. */
    static Use of(String operation, double readUnits, double writeUnits, long logBytes) {
        Duration billed = Objects.requireNonNull(BILLED.get(operation), operation);
        boolean queued = !billed.isZero() && !operation.equals("sweep");
        return new Use(readUnits, writeUnits, queued ? REQUESTS_OF_A_JOB : 0, billed, logBytes);
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

    /**
     * A table of what a stack costs a month while nothing is asked of it.
     *
     * @param due the sweep for what is due
     * @param hosts the sweep that sends a look at each host
     * @param look at one host
     * @param lines that these three have printed
     */
    String ofIdleness(Use due, Use hosts, Use look, Collection<String> lines) {
        int queues = functionsWithQueues();
        int polls = queues * POLLS_AT_A_TIME * POLLS_A_MINUTE * MINUTES_OF_A_MONTH;
        int metrics = metrics(lines).size();
        int watched = watchedMetrics();
        double sweeps = MINUTES_OF_A_MONTH
                * (due.dollars(prices) + hosts.dollars(prices) + 2 * prices.millionSchedules() / 1e6);
        double polling = polls * prices.millionQueueRequests() / 1e6;
        double stack =
                sweeps + polling + metrics * prices.metric() + watched * prices.watchedMetric() + prices.dashboard();
        double looks = MINUTES_OF_A_MONTH * look.dollars(prices);
        double secret = prices.secret() + SECRET_READS_OF_A_MONTH * prices.millionSecretReads() / 1e6;
        return "| a month, idle | | dollars |\n|---|---|---|\n"
                + line(
                        "sweeps",
                        String.format(
                                Locale.ROOT,
                                "2 a minute, %.1f s each",
                                due.billed().toMillis() / 1000.0),
                        sweeps)
                + line("polling", String.format(Locale.ROOT, "%d queues, %,d requests", queues, polls), polling)
                + line(
                        "metrics",
                        String.format(Locale.ROOT, "%d are sent each minute", metrics),
                        metrics * prices.metric())
                + line(
                        "alarms",
                        String.format(Locale.ROOT, "they watch %d metrics", watched),
                        watched * prices.watchedMetric())
                + line("dashboard", "one", prices.dashboard())
                + line("**a stack**", "", stack)
                + line(
                        "looks",
                        String.format(
                                Locale.ROOT,
                                "1 a minute, %.1f s each",
                                look.billed().toMillis() / 1000.0),
                        looks)
                + line("secret", "one, read every five minutes", secret)
                + line("**each host**", "", looks + secret);
    }

    private static String line(String what, String how, double dollars) {
        return String.format(Locale.ROOT, "| %s | %s | %.2f |\n", what, how, dollars);
    }

    private int functionsWithQueues() {
        return (int) ofType("AWS::Serverless::Function")
                .filter(function -> function.at("/Properties/Events")
                        .valueStream()
                        .anyMatch(event -> event.path("Type").asText().equals("SQS")))
                .count();
    }

    private int watchedMetrics() {
        return ofType("AWS::CloudWatch::Alarm")
                .map(alarm -> alarm.at("/Properties/Metrics"))
                .mapToInt(metrics -> metrics.isMissingNode()
                        ? 1
                        : (int) metrics.valueStream()
                                .filter(metric -> metric.has("MetricStat"))
                                .count())
                .sum();
    }

    private Stream<JsonNode> ofType(String type) {
        return resources
                .valueStream()
                .filter(resource -> resource.path("Type").asText().equals(type));
    }

    /** Each metric is paid for once for all values that its dimensions have. */
    private static Set<String> metrics(Collection<String> lines) {
        return lines.stream().map(Json::parse).flatMap(Costs::metrics).collect(Collectors.toSet());
    }

    private static Stream<String> metrics(JsonNode line) {
        return stream(line.at("/_aws/CloudWatchMetrics"))
                .flatMap(directive -> stream(directive.path("Dimensions")).flatMap(set -> {
                    String told = stream(set)
                            .map(name -> name.asText() + "="
                                    + line.path(name.asText()).asText())
                            .collect(Collectors.joining(","));
                    return stream(directive.path("Metrics"))
                            .map(metric -> metric.path("Name").asText() + " by " + told);
                }));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
