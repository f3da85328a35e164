package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.functions.Role.Statement;
import dev.berth.wire.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

/** What the roles of template.yaml grant, and whether {@link Role} answers as IAM does. */
final class RoleTest {
    private static final String ARCHIVE = "berth-ArchiveFunction";
    private static final String LOG = "berth-operations";
    private static final String LOG_ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/" + LOG;

    /** Where a pattern is meant: whatever a name begins with, what AWS puts behind a secret's name, a log group's streams. */
    private static final Pattern NARROW = Pattern.compile(
            "arn:aws:[a-z0-9]+:[^*?]*(:secret:[^*?]+\\*|:secret:[^*?]*-\\?{6}|/log/\\*|:log-group:[^*?]+:\\*)?");

    @TempDir
    Path directory;

    // --- the template ---

    private Map<String, Role> roles() {
        return new Roles(LocalBerth.ROOT.resolve("template.yaml"), "berth", directory).byFunction;
    }

    @Test
    void everyRoleNamesItsActionsAndItsResources() {
        assertThat(roles()).hasSize(8).allSatisfy((function, role) -> {
            assertThat(role.statements()).as(function).isNotEmpty();
            assertThat(tooWide(role)).as(function).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "*, arn:aws:sqs:eu-west-1:1:jobs",
        "dynamodb:*, arn:aws:dynamodb:eu-west-1:1:table/games",
        "dynamodb:Get*, arn:aws:dynamodb:eu-west-1:1:table/games",
        "dynamodb:GetItem, *",
        "dynamodb:GetItem, arn:aws:dynamodb:eu-west-1:1:table/*",
        "dynamodb:Query, arn:aws:dynamodb:eu-west-1:1:table/games/index/*",
        "secretsmanager:GetSecretValue, arn:aws:secretsmanager:eu-west-1:1:secret:*",
    })
    void whatIsTooWideWouldBeSeen(String action, String resource) {
        assertThat(tooWide(role(statement("Allow", action, resource)))).isNotEmpty();
    }

    private static List<Statement> tooWide(Role role) {
        return role.statements().stream()
                .filter(Statement::allows)
                .filter(statement -> statement.actions().stream().anyMatch(action -> action.contains("*"))
                        || !statement.resources().stream()
                                .allMatch(resource -> NARROW.matcher(resource).matches()))
                .toList();
    }

    /** Those that carry out operations. */
    private Map<String, Role> committing() {
        Map<String, Role> roles = new HashMap<>(roles());
        assertThat(roles.remove(ARCHIVE)).isNotNull();
        return roles;
    }

    @Test
    void noFunctionCanChangeOrDeleteWhatIsInTheLog() {
        committing()
                .forEach((function, role) -> writes(LOG)
                        .forEach(request -> assertThat(isAllowed(role, request))
                                .as(function + ": " + request)
                                .isFalse()));
    }

    @Test
    void theArchiveTakesOutOfTheLogByStatementsAloneAndPutsNothingIn() {
        Role archive = roles().get(ARCHIVE);
        assertThat(writes(LOG).stream().filter(request -> isAllowed(archive, request)))
                .hasSize(2)
                .allMatch(request -> Access.of(request).equals(List.of(new Access("dynamodb:PartiQLDelete", LOG_ARN))));
        assertThat(isAllowed(archive, statement("INSERT INTO \"" + LOG + "\" VALUE {'seq': 1}")))
                .isFalse();
        for (String table : List.of("berth-games", "berth-jobs", "berth-hosts", "berth-blobs")) {
            assertThat(writes(table)).noneMatch(request -> isAllowed(archive, request));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3:PutObject, log/arena/1.jsonl.gz, true",
        "s3:GetObject, log/arena/1.jsonl.gz, true",
        "s3:DeleteObject, log/arena/1.jsonl.gz, false",
        "s3:PutObject, other, false",
        "s3:GetObject, other, false",
    })
    void theArchiveKeepsWhatItHas(String action, String key, boolean allowed) {
        String bucket = "arn:aws:s3:::berth-log-archive-000000000000/";
        assertThat(roles().get(ARCHIVE).allows(new Access(action, bucket + key)))
                .isEqualTo(allowed);
        assertThat(committing().values()).noneMatch(role -> role.allows(new Access(action, bucket + key)));
    }

    @Test
    void whoeverCommitsMayReadTheLogAndInsert() {
        committing().forEach((function, role) -> {
            assertThat(isAllowed(role, statement("INSERT INTO \"" + LOG + "\" VALUE {'seq': 1}")))
                    .as(function)
                    .isTrue();
            assertThat(isAllowed(role, QueryRequest.builder().tableName(LOG).build()))
                    .as(function)
                    .isTrue();
        });
    }

    /** Whatever somebody adds to a role one day. */
    @Test
    void theLogStaysAsItIsAlsoIfARoleIsGivenAllOfDynamoDb() {
        committing().forEach((function, role) -> {
            Statement all = new Statement(true, List.of("dynamodb:*"), List.of("*"), Json.object());
            Role wider = new Role(
                    Stream.concat(role.statements().stream(), Stream.of(all)).toList());
            writes(LOG)
                    .forEach(request -> assertThat(isAllowed(wider, request))
                            .as(function + ": " + request)
                            .isFalse());
            assertThat(writes("berth-games")).allMatch(request -> isAllowed(wider, request));
        });
    }

    private static List<SdkRequest> writes(String table) {
        return List.of(
                PutItemRequest.builder().tableName(table).build(),
                UpdateItemRequest.builder().tableName(table).build(),
                DeleteItemRequest.builder().tableName(table).build(),
                BatchWriteItemRequest.builder()
                        .requestItems(
                                Map.of(table, List.of(WriteRequest.builder().build())))
                        .build(),
                statement("UPDATE \"" + table + "\" SET \"outcome\" = ? WHERE game_id = ? AND seq = ?"),
                statement("DELETE FROM \"" + table + "\" WHERE game_id = ? AND seq = ?"),
                BatchExecuteStatementRequest.builder()
                        .statements(List.of(BatchStatementRequest.builder()
                                .statement("DELETE FROM \"" + table + "\" WHERE game_id = ?")
                                .build()))
                        .build(),
                transaction(
                        "INSERT INTO \"berth-jobs\" VALUE {'job_id': ?}",
                        "UPDATE \"" + table + "\" SET \"a\" = ? WHERE game_id = ?"),
                transaction(TransactWriteItem.builder()
                        .put(put -> put.tableName(table))
                        .build()),
                transaction(TransactWriteItem.builder()
                        .update(update -> update.tableName(table))
                        .build()),
                transaction(TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table))
                        .build()));
    }

    private static SdkRequest transaction(String... statements) {
        return ExecuteTransactionRequest.builder()
                .transactStatements(Stream.of(statements)
                        .map(text ->
                                ParameterizedStatement.builder().statement(text).build())
                        .toList())
                .build();
    }

    private static SdkRequest transaction(TransactWriteItem... items) {
        return TransactWriteItemsRequest.builder().transactItems(items).build();
    }

    @Test
    void aFunctionTakesFromNoQueueButItsOwnAndSendsOnlyWhereItMust() {
        Role start = roles().get("berth-StartFunction");
        assertThat(List.of("berth-stop-jobs", "berth-job-results", "berth-start-jobs-dead"))
                .noneMatch(queue -> start.allows(onQueue("sqs:ReceiveMessage", queue)));
        assertThat(List.of("berth-stop-jobs", "berth-start-jobs", "berth-stop-jobs-dead"))
                .noneMatch(queue -> start.allows(onQueue("sqs:SendMessage", queue)));
        assertThat(List.of("berth-start-jobs-dead", "berth-job-results"))
                .allMatch(queue -> start.allows(onQueue("sqs:SendMessage", queue)));
    }

    @ParameterizedTest
    @CsvSource({"games/arena, true", "hosts/host-1, true", "payroll, false", "registries, false", "gamer, false"})
    void onlySecretsUnderOurPrefixesCanBeRead(String name, boolean allowed) {
        SdkRequest request = GetSecretValueRequest.builder().secretId(name).build();
        assertThat(committing().values()).allMatch(role -> isAllowed(role, request) == allowed);
        assertThat(isAllowed(roles().get(ARCHIVE), request)).isFalse();
    }

    // --- the rules ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dynamodb:GetItem      | arn:aws:dynamodb:eu-west-1:1:table/games               | true",
                "DynamoDB:getitem      | arn:aws:dynamodb:eu-west-1:1:table/games               | true",
                "dynamodb:PutItem      | arn:aws:dynamodb:eu-west-1:1:table/games               | false",
                "dynamodb:GetItem      | arn:aws:dynamodb:eu-west-1:1:table/Games               | false",
                "dynamodb:GetItem      | arn:aws:dynamodb:eu-west-1:1:table/games/index/by-host | false",
                "dynamodb:GetItem      | arn:aws:dynamodb:eu-west-1:1:table/gamesx              | false",
                "s3:GetObject          | arn:aws:s3:::archive/log/a/b                           | true",
                "s3:GetObject          | arn:aws:s3:::archive/other                             | false",
                "s3:GetObject          | arn:aws:s3:::archive/log/secret                        | false",
            })
    void whatIsNotAllowedIsRefusedAndADenyWins(String action, String resource, boolean allowed) {
        Role role = role(
                statement("Allow", "dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:1:table/games"),
                statement("Allow", "s3:Get*", "arn:aws:s3:::archive/log/*"),
                statement("Deny", "s3:*", "arn:aws:s3:::archive/log/secret"));
        assertThat(role.allows(new Access(action, resource))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "StringLike, log/, true",
        "StringLike, log/arena/, true",
        "StringLike, '', false",
        "StringLike, other/, false",
        "StringLike, , false",
        "StringLikeIfExists, log/arena/, true",
        "StringLikeIfExists, other/, false",
        "StringLikeIfExists, , true",
    })
    void aStatementHoldsOnlyUnderItsCondition(String operator, @Nullable String prefix, boolean allowed) {
        Role role =
                role("{\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::archive\","
                        + " \"Condition\": {\"" + operator + "\": {\"s3:prefix\": \"log/*\"}}}");
        Map<String, String> context = prefix == null ? Map.of() : Map.of("s3:prefix", prefix);
        assertThat(role.allows(new Access("s3:ListBucket", "arn:aws:s3:::archive", context)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Effect\": \"Allow\", \"NotAction\": \"s3:GetObject\", \"Resource\": \"*\"}",
                "{\"Effect\": \"allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}",
                "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\","
                        + " \"Condition\": {\"ArnLike\": {\"aws:SourceArn\": \"a\"}}}",
            })
    void whatIsNotKnownOfTheLanguageIsNoAnswer(String statement) {
        assertThatThrownBy(() -> role(statement).allows(new Access("s3:GetObject", "arn:aws:s3:::archive/a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestAsksForEachOfItsParts() {
        assertThat(Access.of(transaction(
                        "UPDATE \"berth-games\" SET \"a\" = ? WHERE game_id = ?",
                        "INSERT INTO \"berth-operations\" VALUE {'seq': ?}")))
                .containsExactly(
                        new Access("dynamodb:PartiQLUpdate", LOG_ARN.replace("operations", "games")),
                        new Access("dynamodb:PartiQLInsert", LOG_ARN));
        assertThat(Access.of(transaction(
                        TransactWriteItem.builder()
                                .update(update -> update.tableName("berth-games"))
                                .build(),
                        TransactWriteItem.builder()
                                .conditionCheck(check -> check.tableName("berth-jobs"))
                                .build())))
                .extracting(Access::action)
                .containsExactly("dynamodb:UpdateItem", "dynamodb:ConditionCheckItem");
        assertThat(Access.of(statement("SELECT * FROM \"berth-games\".\"by-host\" WHERE host_id = ?")))
                .containsExactly(new Access(
                        "dynamodb:PartiQLSelect", LOG_ARN.replace("operations", "games") + "/index/by-host"));
        assertThat(Access.of(QueryRequest.builder()
                        .tableName("berth-games")
                        .indexName("by-due")
                        .build()))
                .containsExactly(
                        new Access("dynamodb:Query", LOG_ARN.replace("operations", "games") + "/index/by-due"));
        assertThat(Access.of(SendMessageBatchRequest.builder()
                        .queueUrl("http://127.0.0.1:1/000000000000/berth-stop-jobs")
                        .build()))
                .containsExactly(onQueue("sqs:SendMessage", "berth-stop-jobs"));
    }

    @Test
    void aStatementThatNobodyKnowsIsNoAnswer() {
        assertThatThrownBy(() -> Access.ofStatement("MERGE INTO \"berth-games\""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Access onQueue(String action, String queue) {
        return new Access(action, "arn:aws:sqs:eu-west-1:000000000000:" + queue);
    }

    private static boolean isAllowed(Role role, SdkRequest request) {
        return Access.of(request).stream().allMatch(role::allows);
    }

    private static SdkRequest statement(String text) {
        return ExecuteStatementRequest.builder().statement(text).build();
    }

    private static String statement(String effect, String action, String resource) {
        return Json.object()
                .put("Effect", effect)
                .put("Action", action)
                .put("Resource", resource)
                .toString();
    }

    private static Role role(String... statements) {
        JsonNode documents = Json.parse("{\"list\": [{\"Statement\": [" + String.join(",", statements) + "]}]}")
                .path("list");
        return Role.of(documents);
    }
}
