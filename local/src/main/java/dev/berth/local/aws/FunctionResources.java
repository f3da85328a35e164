package dev.berth.local.aws;

import dev.berth.local.aws.Template.Function;
import dev.berth.local.aws.Template.QueueSource;
import dev.berth.local.aws.Template.Schedule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/** The functions of a template, with everything that feeds them. */
record FunctionResources(TemplateFile file) {
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (second|minute|hour|day)s?\\)");

    Function function(TemplateNode resource) {
        var properties = resource.get("Properties");
        var environment = new LinkedHashMap<String, String>();
        properties
                .get("Environment")
                .get("Variables")
                .entries()
                .forEach(variable -> environment.put(variable.name(), variable.text()));
        var events = properties.get("Events").entries();
        return new Function(
                resource.name(),
                file.nameOf(resource.name()),
                properties.get("Handler").text(),
                Duration.ofSeconds(properties.get("Timeout").number(3)),
                properties.get("MemorySize").number(128),
                environment,
                events.stream()
                        .filter(event -> isOn(event, "SQS"))
                        .map(this::queueSource)
                        .toList(),
                events.stream()
                        .filter(event -> isOn(event, "Schedule", "ScheduleV2"))
                        .map(FunctionResources::schedule)
                        .toList());
    }

    private static boolean isOn(TemplateNode event, String... types) {
        var type = event.get("Type").text();
        if (!List.of("SQS", "Schedule", "ScheduleV2").contains(type)) {
            throw event.get("Type").failure("events of type " + type + " are not supported here");
        }
        var properties = event.get("Properties");
        return List.of(types).contains(type)
                && properties.get("Enabled").truth(true)
                && !properties.get("State").text("ENABLED").equals("DISABLED");
    }

    private QueueSource queueSource(TemplateNode event) {
        var properties = event.get("Properties");
        if (!properties.get("FilterCriteria").isAbsent()) {
            throw properties.get("FilterCriteria").failure("filters are not supported here");
        }
        return new QueueSource(
                file.queueOfArn(properties.get("Queue")),
                properties.get("BatchSize").number(10),
                Duration.ofSeconds(
                        properties.get("MaximumBatchingWindowInSeconds").number(0)),
                properties.get("ScalingConfig").get("MaximumConcurrency").number(1_000),
                properties.get("FunctionResponseTypes").elements().stream()
                        .anyMatch(type -> type.text().equals("ReportBatchItemFailures")));
    }

    private static Schedule schedule(TemplateNode event) {
        var properties = event.get("Properties");
        var isRule = event.get("Type").text().equals("Schedule");
        var expression = properties.get(isRule ? "Schedule" : "ScheduleExpression");
        var rate = RATE.matcher(expression.text());
        if (!rate.matches()) {
            throw expression.failure("only rate(N minutes) and the like are supported here, not " + expression.text());
        }
        var amount = Long.parseLong(rate.group(1));
        var every = switch (rate.group(2)) {
            case "second" -> Duration.ofSeconds(amount);
            case "minute" -> Duration.ofMinutes(amount);
            case "hour" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        return new Schedule(event.name(), every, properties.get("Input").text());
    }
}
