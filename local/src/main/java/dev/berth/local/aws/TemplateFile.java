package dev.berth.local.aws;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;

/** The template as it stands in the file, and what its intrinsic functions stand for on this machine. */
record TemplateFile(Path path, String stackName, Map<?, ?> root, UnaryOperator<String> queueUrl) {

    static final String QUEUE = "AWS::SQS::Queue";
    static final String TABLE = "AWS::DynamoDB::Table";
    static final String BUCKET = "AWS::S3::Bucket";
    static final String FUNCTION = "AWS::Serverless::Function";
    private static final String LOG_GROUP = "AWS::Logs::LogGroup";

    private static final Map<String, String> NAME_PROPERTIES = Map.of(
            QUEUE,
            "QueueName",
            TABLE,
            "TableName",
            BUCKET,
            "BucketName",
            FUNCTION,
            "FunctionName",
            LOG_GROUP,
            "LogGroupName");
    private static final Map<String, String> ARN_SERVICES = Map.of(QUEUE, "sqs", TABLE, "dynamodb", FUNCTION, "lambda");
    private static final Map<String, String> ARN_PREFIXES = Map.of(QUEUE, "", TABLE, "table/", FUNCTION, "function:");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

    static TemplateFile read(Path path, String stackName) {
        try (var reader = Files.newBufferedReader(path)) {
            if (!(TemplateYaml.reader().load(reader) instanceof Map<?, ?> root)) {
                throw new LocalFailure(path + " is not a template: its top is not a mapping.");
            }
            return new TemplateFile(path, stackName, root, _ -> {
                throw new LocalFailure("The URL of a queue is known only after it was created.");
            });
        } catch (IOException | YAMLException e) {
            throw new LocalFailure("The template " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    TemplateFile withQueueUrls(UnaryOperator<String> urls) {
        return new TemplateFile(path, stackName, root, urls);
    }

    List<TemplateNode> resources(String type) {
        return top().get("Resources").entries().stream()
                .filter(resource -> resource.get("Type").text().equals(type))
                .peek(TemplateFile::refuseConditions)
                .toList();
    }

    /** The functions with what they inherit from Globals. */
    List<TemplateNode> functions() {
        var inherited = top().get("Globals").get("Function").value();
        return resources(FUNCTION).stream()
                .map(function -> new TemplateNode(
                        this,
                        function.place(),
                        merged(Map.of("Properties", inherited == null ? Map.of() : inherited), function.value())))
                .toList();
    }

    String nameOf(String logicalId) {
        var resource = resource(logicalId);
        return resource.get("Properties")
                .get(NAME_PROPERTIES.getOrDefault(resource.get("Type").text(), "Name"))
                .text(stackName + "-" + logicalId);
    }

    String arnOf(String logicalId) {
        var type = resource(logicalId).get("Type").text();
        if (type.equals(BUCKET)) {
            return "arn:aws:s3:::" + nameOf(logicalId);
        }
        if (type.equals(LOG_GROUP)) {
            // With its streams, as CloudFormation has it.
            return "arn:aws:logs:" + LocalClients.REGION + ":" + LocalClients.ACCOUNT + ":log-group:"
                    + nameOf(logicalId) + ":*";
        }
        if (!ARN_SERVICES.containsKey(type)) {
            throw resource(logicalId).failure("the ARN of a " + type + " is not known here");
        }
        return "arn:aws:" + ARN_SERVICES.get(type) + ":" + LocalClients.REGION + ":" + LocalClients.ACCOUNT + ":"
                + ARN_PREFIXES.get(type) + nameOf(logicalId);
    }

    /** The logical id of the queue with that ARN. */
    String queueOfArn(TemplateNode arn) {
        return resources(QUEUE).stream()
                .map(TemplateNode::name)
                .filter(id -> arnOf(id).equals(arn.text()))
                .findFirst()
                .orElseThrow(() -> arn.failure("no queue of this template has the ARN " + arn.text()));
    }

    /** The value of an intrinsic function; short forms (!Ref) were made long ones when the file was read. */
    String resolve(TemplateNode node, Map<?, ?> intrinsic) {
        var entries = node.entries();
        if (entries.size() != 1) {
            throw node.failure("a single value is expected, not " + intrinsic.keySet());
        }
        var argument = entries.getFirst();
        return switch (argument.name()) {
            case "Ref" -> reference(argument, argument.text());
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::Sub" -> substitute(argument);
            default -> throw node.failure(argument.name() + " is not supported here");
        };
    }

    private String reference(TemplateNode node, String name) {
        return switch (name) {
            case "AWS::StackName" -> stackName;
            case "AWS::Region" -> LocalClients.REGION;
            case "AWS::AccountId" -> LocalClients.ACCOUNT;
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            default -> {
                var parameter = top().get("Parameters").get(name);
                yield parameter.isAbsent()
                        ? resourceReference(node, name)
                        : parameter.get("Default").text();
            }
        };
    }

    private String resourceReference(TemplateNode node, String name) {
        if (resource(name).isAbsent()) {
            throw node.failure("there is no parameter or resource " + name);
        }
        var type = resource(name).get("Type").text();
        return switch (type) {
            case QUEUE -> queueUrl.apply(name);
            case TABLE, BUCKET, FUNCTION -> nameOf(name);
            default -> throw node.failure("what a reference to a " + type + " stands for is not known here");
        };
    }

    private String attribute(TemplateNode node) {
        var path = node.value() instanceof List<?>
                ? String.join(
                        ".", node.elements().stream().map(TemplateNode::text).toList())
                : node.text();
        var dot = path.indexOf('.');
        var logicalId = path.substring(0, Math.max(0, dot));
        if (resource(logicalId).isAbsent()) {
            throw node.failure("there is no resource to get " + path + " of");
        }
        return switch (path.substring(dot + 1)) {
            case "Arn" -> arnOf(logicalId);
            case "QueueName" -> nameOf(logicalId);
            case "QueueUrl" -> queueUrl.apply(logicalId);
            default -> throw node.failure("the attribute " + path + " is not known here");
        };
    }

    private String substitute(TemplateNode node) {
        var hasVariables = node.value() instanceof List<?>;
        var text = hasVariables ? node.elements().getFirst().text() : node.text();
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            var name = match.group(2);
            var variable = hasVariables ? node.elements().get(1).get(name) : new TemplateNode(this, node.place(), null);
            var value = !match.group(1).isEmpty()
                    ? "${" + name + "}"
                    : !variable.isAbsent()
                            ? variable.text()
                            : resource(name.split("\\.", 2)[0]).isAbsent() || !name.contains(".")
                                    ? reference(node, name)
                                    : attribute(new TemplateNode(this, node.place(), name));
            return java.util.regex.Matcher.quoteReplacement(value);
        });
    }

    private TemplateNode resource(String logicalId) {
        return top().get("Resources").get(logicalId);
    }

    private TemplateNode top() {
        return new TemplateNode(this, "", root);
    }

    private static void refuseConditions(TemplateNode resource) {
        if (!resource.get("Condition").isAbsent()) {
            throw resource.get("Condition").failure("conditions are not supported here");
        }
    }

    /** Mappings are merged, anything else is replaced, as SAM does with Globals. */
    private static Object merged(Object below, @org.jspecify.annotations.Nullable Object above) {
        if (above == null) {
            return below;
        }
        if (!(below instanceof Map<?, ?> one && above instanceof Map<?, ?> other)
                || isIntrinsic(one)
                || isIntrinsic(other)) {
            return above;
        }
        var all = new LinkedHashMap<Object, Object>(one);
        other.forEach((key, value) -> all.merge(key, value, TemplateFile::merged));
        return all;
    }

    static boolean isIntrinsic(Map<?, ?> map) {
        return map.size() == 1
                && map.keySet().stream()
                        .allMatch(key -> key.equals("Ref") || key.toString().startsWith("Fn::"));
    }
}
