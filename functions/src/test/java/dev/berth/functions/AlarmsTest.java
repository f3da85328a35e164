package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.Template;
import dev.berth.model.Limits;
import dev.berth.port.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Holds the alarms and the dashboard of template.yaml against what the functions measure, and against the guide. */
final class AlarmsTest {
    /** Schema and name of a metric in a CloudWatch search. */
    private static final Pattern SEARCHED = Pattern.compile("\\{Berth,([a-z_,]+)}|MetricName=\"(\\w+)\"");

    private final ObjectNode template = new ObjectMapper()
            .valueToTree(Template.read(LocalBerth.ROOT.resolve("template.yaml"), "berth")
                    .asWritten());

    private Map<String, JsonNode> resources(String type) {
        return template.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        resource -> resource.getValue().path("Properties"),
                        (a, _) -> a,
                        TreeMap::new));
    }

    private JsonNode alarm(String name) {
        return resources("AWS::CloudWatch::Alarm").get(name + "Alarm");
    }

    /** What the alarm's metrics are of, by the logical ids of their one dimension. */
    private static List<String> watched(JsonNode alarm, String metric) {
        return StreamSupport.stream(alarm.path("Metrics").spliterator(), false)
                .map(each -> each.at("/MetricStat/Metric"))
                .filter(each -> !each.isMissingNode())
                .peek(each -> assertThat(each.path("MetricName").asText()).isEqualTo(metric))
                .map(each -> each.at("/Dimensions/0/Value"))
                .map(value -> value.has("Ref")
                        ? value.path("Ref").asText()
                        : value.path("Fn::GetAtt").asText().replace(".QueueName", ""))
                .toList();
    }

    private List<String> queues(String suffix) {
        return resources("AWS::SQS::Queue").keySet().stream()
                .filter(name -> name.endsWith(suffix))
                .toList();
    }

    @Test
    void everyQueueIsWatched() {
        assertThat(watched(alarm("DeadLetters"), "ApproximateNumberOfMessagesVisible"))
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(queues("Dead"));
        assertThat(watched(alarm("QueueAge"), "ApproximateAgeOfOldestMessage"))
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(queues("Jobs"));
    }

    @Test
    void everyFunctionIsWatched() {
        assertThat(watched(alarm("Errors"), "Errors"))
                .containsExactlyInAnyOrderElementsOf(
                        resources("AWS::Serverless::Function").keySet());
        assertThat(watched(alarm("Throttles"), "Throttles"))
                .containsExactlyInAnyOrderElementsOf(
                        resources("AWS::Serverless::Function").keySet());
    }

    @Test
    void aSweepThatDoesNotRunIsAnAlarmThoughNothingIsMeasured() {
        assertThat(alarm("Sweep").path("TreatMissingData").asText()).isEqualTo("breaching");
        assertThat(alarm("Sweep").at("/Dimensions/0/Value/Ref").asText()).isEqualTo("SweepFunction");
    }

    @Test
    void aCertificateIsWarnedOfAsSoonAsTheCommandWarnsOfIt() {
        JsonNode alarm = alarm("Certificates");

        assertThat(alarm.path("MetricName").asText()).isEqualTo(Metric.CERTIFICATE_DAYS.word());
        assertThat(alarm.path("Threshold").asLong()).isEqualTo(Limits.CERTIFICATE_WARNING.toDays());
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(alarm.path("Statistic").asText()).isEqualTo("Minimum");
        // One that has ended lets no connection come about, and so nothing is measured any more.
        assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("ignore");
    }

    @Test
    void aLogThatDoesNotVerifyIsAnAlarm() {
        assertThat(alarm("LogCorrupt").path("MetricName").asText()).isEqualTo(Metric.LOG_CORRUPT.word());
        assertThat(alarm("Replay").path("MetricName").asText()).isEqualTo(Metric.REPLAY_FAILURES.word());
    }

    @Test
    void everyAlarmReachesWhoeverIsToBeTold() {
        resources("AWS::CloudWatch::Alarm")
                .forEach((name, alarm) -> assertThat(
                                alarm.at("/AlarmActions/Fn::If/1/0/Ref").asText())
                        .as(name)
                        .isEqualTo("AlarmTopic"));
    }

    @Test
    void whatAnAlarmIsRaisedByIsMeasuredThatWay() {
        assertThat(resources("AWS::CloudWatch::Alarm").values().stream()
                        .filter(alarm -> alarm.path("Namespace").asText().equals("Berth")))
                .hasSize(3)
                .allSatisfy(alarm -> {
                    assertThat(metric(alarm.path("MetricName").asText()).dimensions())
                            .contains(List.of(alarm.at("/Dimensions/0/Name").asText()));
                    assertThat(alarm.path("Dimensions")).hasSize(1);
                });
    }

    @Test
    void theGuideTellsWhatToDoAboutEachAlarm() throws IOException {
        String guide = Files.readString(LocalBerth.ROOT.resolve("docs/deploying.md"));

        resources("AWS::CloudWatch::Alarm").values().stream()
                .map(alarm -> alarm.at("/AlarmName/Fn::Sub").asText().replace("${AWS::StackName}-", ""))
                .forEach(name -> assertThat(guide).contains("| `" + name + "` |"));
    }

    @Test
    void theDashboardShowsWhatIsMeasured() throws IOException {
        List<String> seen = new ArrayList<>();
        for (JsonNode widget : dashboard().path("widgets")) {
            for (JsonNode metric : widget.at("/properties/metrics")) {
                if (metric.path(0).has("expression")) {
                    seen.addAll(assertSearched(metric.path(0).path("expression").asText()));
                } else if (metric.path(0).asText().equals("Berth")) {
                    seen.add(metric.path(1).asText());
                    assertThat(metric(metric.path(1).asText()).dimensions())
                            .contains(List.of(metric.path(2).asText()));
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(8).doesNotContain("");
    }

    /** @return the metrics that the search names, each of which has the dimensions that it asks for */
    private static List<String> assertSearched(String search) {
        List<List<String>> schemas = new ArrayList<>();
        List<String> names = new ArrayList<>();
        SEARCHED.matcher(search).results().forEach(found -> {
            if (found.group(1) != null) {
                schemas.add(List.of(found.group(1).split(",")));
            } else {
                names.add(found.group(2));
            }
        });
        assertThat(schemas).as(search).hasSize(1);
        assertThat(names)
                .as(search)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(metric(name).dimensions()).contains(schemas.getFirst()));
        return names;
    }

    @Test
    void noWidgetLiesOnAnother() throws IOException {
        List<String> places = new ArrayList<>();
        dashboard().path("widgets").forEach(widget -> places.add(widget.path("x") + "," + widget.path("y")));

        assertThat(places).hasSize(8).doesNotHaveDuplicates();
    }

    private JsonNode dashboard() throws IOException {
        String body = resources("AWS::CloudWatch::Dashboard")
                .get("Dashboard")
                .at("/DashboardBody/Fn::Sub")
                .asText();
        Pattern.compile("\\$\\{(\\w+)\\.QueueName}")
                .matcher(body)
                .results()
                .forEach(name -> assertThat(resources("AWS::SQS::Queue")).containsKey(name.group(1)));
        return new ObjectMapper().readTree(body);
    }

    private static Metric metric(String word) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is measured as " + word));
    }
}
