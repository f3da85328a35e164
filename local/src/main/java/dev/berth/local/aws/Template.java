package dev.berth.local.aws;

import dev.berth.local.process.LocalFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a SAM template asks for, under a given stack name: its queues, tables, buckets and functions. */
public final class Template {

    private final TemplateFile file;

    private Template(TemplateFile file) {
        this.file = file;
    }

    /** A queue; its redrive policy names the logical id of the dead-letter queue. */
    public record Queue(
            String logicalId, String name, Duration visibility, Duration retention, Optional<Redrive> redrive) {}

    public record Redrive(String deadLetterQueue, int maxReceiveCount) {}

    /** A table: the key attributes' names and types (S, N or B), its TTL attribute and indexes. */
    public record Table(
            String logicalId,
            String name,
            Map<String, String> attributes,
            List<Key> keys,
            Optional<String> timeToLive,
            List<Index> indexes) {}

    /** One attribute of a key; the type is HASH or RANGE. */
    public record Key(String attribute, String type) {}

    /** A global secondary index; the projection is ALL, KEYS_ONLY or INCLUDE. */
    public record Index(String name, List<Key> keys, String projection, List<String> projected) {}

    /** A function with everything that feeds it. */
    public record Function(
            String logicalId,
            String name,
            String handler,
            Duration timeout,
            int memoryMegabytes,
            Map<String, String> environment,
            List<QueueSource> queues,
            List<Schedule> schedules) {}

    /** An event source mapping from the queue of that logical id. */
    public record QueueSource(
            String queue, int batchSize, Duration window, int maximumConcurrency, boolean reportsItemFailures) {}

    /** Invokes with the given JSON at each interval. */
    public record Schedule(String name, Duration every, String input) {}

    /**
     * Reads a template.
     *
     * @throws LocalFailure if it is not to be read, or holds something that is needed and not understood; the text names the place
     */
    public static Template read(Path path, String stackName) {
        return new Template(TemplateFile.read(path, stackName));
    }

    public String stackName() {
        return file.stackName();
    }

    public List<Queue> queues() {
        return file.resources(TemplateFile.QUEUE).stream().map(this::queue).toList();
    }

    public List<Table> tables() {
        return file.resources(TemplateFile.TABLE).stream().map(Template::table).toList();
    }

    /** The name of each bucket by logical id, in the template's order. */
    public Map<String, String> buckets() {
        var names = new LinkedHashMap<String, String>();
        file.resources(TemplateFile.BUCKET).forEach(bucket -> names.put(bucket.name(), bucket.nameOfResource()));
        return names;
    }

    /**
     * The functions, with the references in their environment resolved.
     *
     * @param queueUrl gives the URL of the queue with a given logical id, which is what {@code !Ref} of a queue stands for
     */
    public List<Function> functions(UnaryOperator<String> queueUrl) {
        return file.withQueueUrls(queueUrl).functions().stream()
                .map(new FunctionResources(file)::function)
                .toList();
    }

    /**
     * The policy documents of each function's role, by the function's name, as JSON would have them: objects, lists and
     * texts, with the references in them resolved.
     *
     * @throws LocalFailure if a function has no role of its own, or one of which it is not known here what it grants
     */
    public Map<String, List<Object>> policies() {
        return new RolePolicies(file).byFunction();
    }

    /** All of it as JSON would have it, with intrinsic functions as objects, such as one of {@code Ref}. */
    public Map<?, ?> asWritten() {
        return file.root();
    }

    private Queue queue(TemplateNode resource) {
        var properties = resource.get("Properties");
        if (properties.get("FifoQueue").truth(false)) {
            throw properties.get("FifoQueue").failure("FIFO queues are not supported here");
        }
        var policy = properties.get("RedrivePolicy");
        Optional<Redrive> redrive = policy.isAbsent()
                ? Optional.empty()
                : Optional.of(new Redrive(
                        file.queueOfArn(policy.get("deadLetterTargetArn")),
                        policy.get("maxReceiveCount").number()));
        return new Queue(
                resource.name(),
                file.nameOf(resource.name()),
                Duration.ofSeconds(properties.get("VisibilityTimeout").number(30)),
                Duration.ofSeconds(properties.get("MessageRetentionPeriod").number(345_600)),
                redrive);
    }

    private static Table table(TemplateNode resource) {
        var properties = resource.get("Properties");
        var attributes = new LinkedHashMap<String, String>();
        properties
                .get("AttributeDefinitions")
                .elements()
                .forEach(definition -> attributes.put(
                        definition.get("AttributeName").text(),
                        definition.get("AttributeType").text()));
        var timeToLive = properties.get("TimeToLiveSpecification");
        return new Table(
                resource.name(),
                resource.nameOfResource(),
                attributes,
                keys(properties),
                timeToLive.get("Enabled").truth(false)
                        ? Optional.of(timeToLive.get("AttributeName").text())
                        : Optional.empty(),
                properties.get("GlobalSecondaryIndexes").elements().stream()
                        .map(Template::index)
                        .toList());
    }

    private static Index index(TemplateNode index) {
        var projection = index.get("Projection");
        return new Index(
                index.get("IndexName").text(),
                keys(index),
                projection.get("ProjectionType").text("ALL"),
                projection.get("NonKeyAttributes").elements().stream()
                        .map(TemplateNode::text)
                        .toList());
    }

    private static List<Key> keys(TemplateNode owner) {
        return owner.get("KeySchema").elements().stream()
                .map(key -> new Key(
                        key.get("AttributeName").text(), key.get("KeyType").text()))
                .toList();
    }
}
