package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.aws.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What template.yaml says for AWS alone, where the local stack does not look: how each resource is kept safe. */
final class DeployableTest {
    private static final String QUEUE = "AWS::SQS::Queue";
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final String FUNCTION = "AWS::Serverless::Function";

    private final ObjectNode template = new ObjectMapper()
            .valueToTree(Template.read(LocalBerth.ROOT.resolve("template.yaml"), "berth")
                    .asWritten());

    /** The properties of the resources of a type, by logical id. */
    private Map<String, JsonNode> properties(String type) {
        Map<String, JsonNode> found = template.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        resource -> resource.getValue().path("Properties"),
                        (a, _) -> a,
                        TreeMap::new));
        assertThat(found).as(type).isNotEmpty();
        return found;
    }

    private static JsonNode reference(String logicalId) {
        return new ObjectMapper().createObjectNode().put("Ref", logicalId);
    }

    private static JsonNode attribute(String logicalId, String name) {
        return new ObjectMapper().createObjectNode().put("Fn::GetAtt", logicalId + "." + name);
    }

    @Test
    void everyQueueIsEncryptedAndTakesNothingButTls() {
        Map<String, JsonNode> queues = properties(QUEUE);
        Map<JsonNode, JsonNode> policies = properties("AWS::SQS::QueuePolicy").values().stream()
                .collect(Collectors.toMap(policy -> policy.path("Queues"), policy -> policy.path("PolicyDocument")));

        assertThat(policies).hasSameSizeAs(queues);
        queues.forEach((name, queue) -> {
            assertThat(queue.path("SqsManagedSseEnabled").asBoolean()).as(name).isTrue();
            JsonNode one = new ObjectMapper().createArrayNode().add(reference(name));
            JsonNode statement = policies.get(one).path("Statement").path(0);
            assertThat(statement.path("Effect").asText()).as(name).isEqualTo("Deny");
            assertThat(statement.path("Principal").asText()).isEqualTo("*");
            assertThat(statement.path("Action").asText()).isEqualTo("sqs:*");
            assertThat(statement.path("Resource")).isEqualTo(attribute(name, "Arn"));
            assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asText())
                    .isEqualTo("false");
        });
    }

    @Test
    void everyTableCanBeBroughtBackAndIsNotDeletedByAccident() {
        properties(TABLE).forEach((name, table) -> {
            assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                            .asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(table.path("DeletionProtectionEnabled")).isEqualTo(reference("DeletionProtection"));
        });
        assertThat(template.at("/Parameters/DeletionProtection/Default").asText())
                .isEqualTo("true");
    }

    @Test
    void whatHoldsDataOutlivesTheStack() {
        Stream.concat(properties(TABLE).keySet().stream(), properties("AWS::S3::Bucket").keySet().stream())
                .map(name -> template.path("Resources").path(name))
                .forEach(resource -> {
                    assertThat(resource.path("DeletionPolicy").asText()).isEqualTo("Retain");
                    assertThat(resource.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
                });
    }

    @Test
    void everyFunctionHasARoleAndALogOfItsOwnThatIsKeptForAWhile() {
        Map<String, JsonNode> functions = properties(FUNCTION);
        Map<String, JsonNode> logs = properties("AWS::Logs::LogGroup");
        Map<String, JsonNode> roles = properties("AWS::IAM::Role");

        assertThat(logs).hasSameSizeAs(functions);
        assertThat(roles).hasSameSizeAs(functions);
        functions.forEach((name, function) -> {
            String word = name.replace("Function", "");
            assertThat(function.path("Role")).as(name).isEqualTo(attribute(word + "Role", "Arn"));
            assertThat(function.at("/LoggingConfig/LogGroup")).isEqualTo(reference(word + "Log"));
            assertThat(logs.get(word + "Log").path("RetentionInDays")).isEqualTo(reference("LogRetention"));
            assertThat(roles.get(word + "Role").findValues("Resource"))
                    .as("may write its log")
                    .contains(attribute(word + "Log", "Arn"));
        });
    }

    @Test
    void noRoleTakesOverWhatAwsOrSamHaveWritten() {
        properties(FUNCTION).forEach((name, function) -> {
            assertThat(function.path("Policies").isMissingNode()).as(name).isTrue();
            assertThat(function.path("ManagedPolicyArns").isMissingNode()).isTrue();
        });
        List<JsonNode> ours = properties("AWS::IAM::ManagedPolicy").keySet().stream()
                .map(DeployableTest::reference)
                .toList();
        properties("AWS::IAM::Role")
                .forEach((name, role) ->
                        assertThat(role.path("ManagedPolicyArns")).as(name).isSubsetOf(ours));
    }

    @Test
    void aChangedParameterReachesTheVersionThatQueuesAndSchedulesInvoke() {
        JsonNode all = template.at("/Globals/Function");

        assertThat(all.path("AutoPublishAlias").asText()).isEqualTo("live");
        assertThat(all.path("SnapStart").path("ApplyOn")).isEqualTo(reference("SnapStart"));
        assertThat(all.path("Architectures").path(0)).isEqualTo(reference("Architecture"));
        properties(FUNCTION)
                .forEach((name, function) -> assertThat(
                                function.path("AutoPublishAliasAllProperties").asBoolean())
                        .as(name)
                        .isTrue());
    }

    @Test
    void everythingThatInvokesAFunctionSaysWhatAndHowOften() {
        properties(FUNCTION).values().stream()
                .flatMap(function -> function.path("Events").properties().stream())
                .forEach(event -> {
                    JsonNode properties = event.getValue().path("Properties");
                    if (event.getValue().path("Type").asText().equals("SQS")) {
                        assertThat(properties
                                        .at("/ScalingConfig/MaximumConcurrency")
                                        .isMissingNode())
                                .isFalse();
                        assertThat(properties
                                        .path("FunctionResponseTypes")
                                        .path(0)
                                        .asText())
                                .isEqualTo("ReportBatchItemFailures");
                    } else {
                        // Without it, EventBridge sends a payload of its own.
                        assertThat(properties.path("Input").isTextual())
                                .as(event.getKey())
                                .isTrue();
                        assertThat(properties
                                        .at("/RetryPolicy/MaximumRetryAttempts")
                                        .isInt())
                                .isTrue();
                    }
                });
    }

    @Test
    void everyParameterSaysWhatItIsForAndNeedNotBeGiven() {
        assertThat(template.path("Parameters").properties()).isNotEmpty().allSatisfy(parameter -> {
            assertThat(parameter.getValue().path("Description").asText())
                    .as(parameter.getKey())
                    .isNotBlank();
            assertThat(parameter.getValue().has("Default"))
                    .as(parameter.getKey())
                    .isTrue();
        });
    }

    @Test
    void theGuideNamesEveryParameter() throws IOException {
        String guide = Files.readString(LocalBerth.ROOT.resolve("docs/deploying.md"));
        Set<String> named = Pattern.compile("(?m)^\\| (`[A-Z]\\w+`(?:, `\\w+`)*) \\|")
                .matcher(guide)
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
                .collect(Collectors.toSet());

        assertThat(named)
                .isEqualTo(template.path("Parameters").properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyQueueTableAndBucketIsAnOutputForTheCommand() {
        Map<String, String> outputs = template.path("Outputs").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        output -> output.getValue().path("Value").path("Ref").asText()));

        assertThat(outputs.values())
                .containsAll(properties(TABLE).keySet())
                .containsAll(properties("AWS::S3::Bucket").keySet())
                .containsAll(properties(QUEUE).keySet().stream()
                        .filter(name -> !name.endsWith("Dead"))
                        .toList());
        assertThat(outputs.entrySet().stream().filter(output -> output.getKey().endsWith("Queue")))
                .allMatch(output -> properties(QUEUE).containsKey(output.getValue()));
        assertThat(outputs)
                .containsEntry("GamesTable", "GamesTable")
                .containsEntry("OperationsTable", "OperationsTable")
                .containsEntry("JobsTable", "JobsTable")
                .containsEntry("BlobsTable", "BlobsTable")
                .containsEntry("HostsTable", "HostsTable")
                .containsEntry("LogArchive", "LogArchive");
    }
}
