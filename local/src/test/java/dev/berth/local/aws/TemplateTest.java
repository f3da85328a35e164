package dev.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {

    private final Template template = Template.read(Path.of("src/test/resources/functions.yaml"), "demo");

    @TempDir
    Path folder;

    @Test
    void readsQueuesWithTheirRedrivePolicy() {
        assertThat(template.queues())
                .containsExactly(
                        new Template.Queue(
                                "Jobs",
                                "demo-jobs",
                                Duration.ofSeconds(5),
                                Duration.ofDays(4),
                                Optional.of(new Template.Redrive("JobsDead", 2))),
                        new Template.Queue(
                                "JobsDead",
                                "demo-jobs-dead",
                                Duration.ofSeconds(30),
                                Duration.ofDays(14),
                                Optional.empty()));
    }

    @Test
    void readsTablesWithKeysIndexesAndTimeToLive() {
        assertThat(template.tables())
                .containsExactly(new Template.Table(
                        "Things",
                        "demo-things",
                        Map.of("id", "S", "number", "N", "colour", "S"),
                        List.of(new Template.Key("id", "HASH"), new Template.Key("number", "RANGE")),
                        Optional.of("expires_at"),
                        List.of(new Template.Index(
                                "by-colour", List.of(new Template.Key("colour", "HASH")), "KEYS_ONLY", List.of()))));
    }

    @Test
    void readsBuckets() {
        assertThat(template.buckets()).isEqualTo(Map.of("Papers", "demo-papers-000000000000"));
    }

    @Test
    void theArchiveOfTheLogIsKeptAndNobodyElseCanReadIt() {
        var file = TemplateFile.read(Path.of("..", "template.yaml"), "berth");

        assertThat(file.resources(TemplateFile.BUCKET))
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.resolved())
                        .isEqualTo(Map.of(
                                "Type", "AWS::S3::Bucket",
                                "DeletionPolicy", "Retain",
                                "UpdateReplacePolicy", "Retain",
                                "Properties",
                                        Map.of(
                                                "BucketName", "berth-log-archive-000000000000",
                                                "VersioningConfiguration", Map.of("Status", "Enabled"),
                                                "BucketEncryption",
                                                        Map.of(
                                                                "ServerSideEncryptionConfiguration",
                                                                List.of(Map.of(
                                                                        "ServerSideEncryptionByDefault",
                                                                        Map.of("SSEAlgorithm", "AES256")))),
                                                "PublicAccessBlockConfiguration",
                                                        Map.of(
                                                                "BlockPublicAcls", true,
                                                                "BlockPublicPolicy", true,
                                                                "IgnorePublicAcls", true,
                                                                "RestrictPublicBuckets", true),
                                                "OwnershipControls",
                                                        Map.of(
                                                                "Rules",
                                                                List.of(Map.of(
                                                                        "ObjectOwnership", "BucketOwnerEnforced"))),
                                                "LifecycleConfiguration",
                                                        Map.of(
                                                                "Rules",
                                                                List.of(Map.of(
                                                                        "Id", "abort-uploads",
                                                                        "Status", "Enabled",
                                                                        "AbortIncompleteMultipartUpload",
                                                                                Map.of("DaysAfterInitiation", 1))))))));
    }

    @Test
    void theArchiveOfTheLogIsReachedOverTlsOnlyAndNeverWrittenOver() {
        var file = TemplateFile.read(Path.of("..", "template.yaml"), "berth");

        assertThat(file.resources("AWS::S3::BucketPolicy")).singleElement().satisfies(policy -> {
            assertThat(policy.get("Properties").get("Bucket").text()).isEqualTo("berth-log-archive-000000000000");
            assertThat(policy.get("Properties")
                            .get("PolicyDocument")
                            .get("Statement")
                            .resolved())
                    .isEqualTo(List.of(
                            Map.of(
                                    "Effect",
                                    "Deny",
                                    "Principal",
                                    "*",
                                    "Action",
                                    "s3:*",
                                    "Resource",
                                    List.of(
                                            "arn:aws:s3:::berth-log-archive-000000000000",
                                            "arn:aws:s3:::berth-log-archive-000000000000/*"),
                                    "Condition",
                                    Map.of("Bool", Map.of("aws:SecureTransport", "false"))),
                            Map.of(
                                    "Effect",
                                    "Deny",
                                    "Principal",
                                    "*",
                                    "Action",
                                    "s3:PutObject",
                                    "Resource",
                                    "arn:aws:s3:::berth-log-archive-000000000000/log/*",
                                    "Condition",
                                    Map.of("Null", Map.of("s3:if-none-match", "true")))));
        });
    }

    @Test
    void mergesGlobalsIntoFunctionsAndResolvesTheirEnvironment() {
        var worker = template.functions(id -> "URL of " + id).getFirst();

        assertThat(worker.name()).isEqualTo("demo-Worker");
        assertThat(worker.handler()).isEqualTo("dev.berth.local.lambda.WorkerFixture::handleRequest");
        assertThat(worker.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(worker.memoryMegabytes()).isEqualTo(256);
        assertThat(worker.environment())
                .isEqualTo(Map.of(
                        "GREETING", "hello",
                        "TABLE", "demo-things",
                        "DEAD_QUEUE", "URL of JobsDead",
                        "DEAD_ARN", "arn:aws:sqs:eu-west-1:000000000000:demo-jobs-dead",
                        "BUCKET", "demo-papers-000000000000",
                        "PAPERS", "arn:aws:s3:::demo-papers-000000000000/*",
                        "TEXT", "hello world, arn:aws:sqs:eu-west-1:000000000000:demo-jobs-dead ${literal}"));
    }

    @Test
    void readsWhatFeedsAFunction() {
        var functions = template.functions(id -> id);

        assertThat(functions.get(0).queues())
                .containsExactly(new Template.QueueSource("Jobs", 4, Duration.ZERO, 16, true));
        assertThat(functions.get(1).schedules())
                .containsExactly(new Template.Schedule("Second", Duration.ofSeconds(1), "{\"kind\": \"tick\"}"));
        assertThat(functions.get(1).timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!ImportValue x                | Resources.F.Properties.Environment.Variables.V | ImportValue",
                "!Ref Nowhere                  | Resources.F.Properties.Environment.Variables.V | no parameter or resource Nowhere",
                "!GetAtt Nowhere.Arn           | Resources.F.Properties.Environment.Variables.V | Nowhere.Arn",
                "!Sub '${Nowhere}'             | Resources.F.Properties.Environment.Variables.V | Nowhere",
                "[a, b]                        | Resources.F.Properties.Environment.Variables.V | a single value is expected",
            })
    void namesThePlaceOfWhatItDoesNotUnderstand(String value, String place, String what) throws IOException {
        var path = Files.writeString(folder.resolve("template.yaml"), """
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: x
                      Environment: {Variables: {V: %s}}
                """.formatted(value));

        assertThatThrownBy(() -> Template.read(path, "demo").functions(id -> id))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContainingAll(path.toString(), place, what);
    }

    @Test
    void refusesEventsThatItCannotDeliver() throws IOException {
        var path = Files.writeString(folder.resolve("template.yaml"), """
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: x
                      Events: {E: {Type: Api, Properties: {}}}
                """);

        assertThatThrownBy(() -> Template.read(path, "demo").functions(id -> id))
                .hasMessageContaining("Events.E.Type")
                .hasMessageContaining("Api");
    }

    @Test
    void saysWhichFileIsNotATemplate() throws IOException {
        var path = Files.writeString(folder.resolve("template.yaml"), "a: [b");

        assertThatThrownBy(() -> Template.read(path, "demo"))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining(path.toString());
        assertThatThrownBy(() -> Template.read(folder.resolve("none.yaml"), "demo"))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("none.yaml");
    }
}
