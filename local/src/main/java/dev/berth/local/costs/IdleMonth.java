package dev.berth.local.costs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.aws.Template;
import dev.berth.local.process.LocalFailure;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a stack costs a month while nothing is asked of it: from its template, and from what its schedules were counted to take. */
public final class IdleMonth {
    private static final int MINUTES_OF_A_MONTH = 43_800;
    private static final int POLLS_AT_A_TIME = 5;
    private static final int POLLS_A_MINUTE = 60 / 20;
    private static final int SECRET_READS_OF_A_MONTH = MINUTES_OF_A_MONTH / 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Prices prices;
    private final JsonNode resources;

    /**
     * What is paid for.
     *
     * @param sum whether it is the sum of what stands before it
     */
    public record Item(String what, String how, double dollars, boolean sum) {
        private Item(String what, String how, double dollars) {
            this(what, how, dollars, false);
        }
    }

    public IdleMonth(Prices prices, Template template) {
        this.prices = prices;
        resources = JSON.<JsonNode>valueToTree(template.asWritten()).path("Resources");
    }

    /**
     * The items of a stack, and then those of each host.
     *
     * @param due the sweep for what is due
     * @param hosts the sweep that sends a look at each host
     * @param look at one host
     * @param lines that these three have printed
     */
    public List<Item> items(Use due, Use hosts, Use look, Collection<String> lines) {
        int queues = functionsWithQueues();
        int polls = queues * POLLS_AT_A_TIME * POLLS_A_MINUTE * MINUTES_OF_A_MONTH;
        int sent = metrics(lines).size();
        int watched = watchedMetrics();
        List<Item> stack = List.of(
                new Item("sweeps", "2 a minute, " + each(due), sweeps(due, hosts)),
                new Item(
                        "polling",
                        String.format(Locale.ROOT, "%d queues, %,d requests", queues, polls),
                        polls * prices.millionQueueRequests() / 1e6),
                new Item("metrics", sent + " are sent each minute", sent * prices.metric()),
                new Item("alarms", "they watch " + watched + " metrics", watched * prices.watchedMetric()),
                new Item("dashboard", "one", prices.dashboard()));
        List<Item> host = List.of(
                new Item("looks", "1 a minute, " + each(look), MINUTES_OF_A_MONTH * look.dollars(prices)),
                new Item(
                        "secret",
                        "one, read every five minutes",
                        prices.secret() + SECRET_READS_OF_A_MONTH * prices.millionSecretReads() / 1e6));
        return Stream.of(stack, List.of(sum("a stack", stack)), host, List.of(sum("each host", host)))
                .flatMap(List::stream)
                .toList();
    }

    private static Item sum(String what, List<Item> of) {
        return new Item(what, "", of.stream().mapToDouble(Item::dollars).sum(), true);
    }

    private static String each(Use use) {
        long millis = use.billed().toMillis();
        return millis < 100 ? millis + " ms each" : String.format(Locale.ROOT, "%.1f s each", millis / 1000.0);
    }

    private double sweeps(Use due, Use hosts) {
        return MINUTES_OF_A_MONTH * (due.dollars(prices) + hosts.dollars(prices) + 2 * prices.millionSchedules() / 1e6);
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
        return lines.stream().map(IdleMonth::parsed).flatMap(IdleMonth::metrics).collect(Collectors.toSet());
    }

    private static Stream<String> metrics(JsonNode line) {
        return line.at("/_aws/CloudWatchMetrics")
                .valueStream()
                .flatMap(directive -> directive.path("Dimensions").valueStream().flatMap(set -> {
                    String told = set.valueStream()
                            .map(name -> name.asText() + "="
                                    + line.path(name.asText()).asText())
                            .collect(Collectors.joining(","));
                    return directive
                            .path("Metrics")
                            .valueStream()
                            .map(metric -> metric.path("Name").asText() + " by " + told);
                }));
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new LocalFailure("What a function printed is not JSON: " + line, e);
        }
    }
}
