package dev.berth.functions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * What IAM is asked for a request.
 *
 * <p>A transaction is allowed if each of its parts is: a statement of PartiQL by an action of its own, an item by that of
 * the single request (DynamoDB's developer guide, "IAM security policies with PartiQL" and "Using IAM with transactions").
 *
 * @param action as in {@code dynamodb:GetItem}
 * @param resource its ARN
 * @param context condition keys and their values
 */
record Access(String action, String resource, Map<String, String> context) {
    private static final String PLACE = "eu-west-1:000000000000:";

    /** What Secrets Manager puts behind the name of a secret in its ARN. */
    private static final String SUFFIX = "-AbCdEf";

    private static final Pattern STATEMENT = Pattern.compile(
            "(INSERT)\\s+INTO\\s+\"([^\"]+)\".*|(UPDATE)\\s+\"([^\"]+)\".*|(DELETE)\\s+FROM\\s+\"([^\"]+)\".*"
                    + "|(SELECT)\\s.*?\\sFROM\\s+\"([^\"]+)\"(?:\\.\"([^\"]+)\")?.*",
            Pattern.DOTALL);

    Access(String action, String resource) {
        this(action, resource, Map.of());
    }

    static List<Access> of(SdkRequest request) {
        String[] type = request.getClass().getName().split("\\.", -1);
        String operation = type[type.length - 1].replaceFirst("Request$", "");
        return switch (type[4]) {
            case "dynamodb" -> ofDynamo(request, operation);
            case "sqs" -> List.of(new Access("sqs:" + operation.replaceFirst("Batch$", ""), queue(request)));
            case "secretsmanager" -> List.of(new Access("secretsmanager:" + operation, secret(request)));
            case "s3" -> List.of(ofS3(request, operation));
            default -> throw new IllegalArgumentException("what IAM asks for " + request.getClass() + " is not known");
        };
    }

    // --- DynamoDB ---

    private static List<Access> ofDynamo(SdkRequest request, String operation) {
        return switch (request) {
            case ExecuteTransactionRequest all ->
                all.transactStatements().stream()
                        .map(each -> ofStatement(each.statement()))
                        .toList();
            case BatchExecuteStatementRequest all ->
                all.statements().stream()
                        .map(each -> ofStatement(each.statement()))
                        .toList();
            case ExecuteStatementRequest one -> List.of(ofStatement(one.statement()));
            case TransactWriteItemsRequest all ->
                all.transactItems().stream().map(Access::ofItem).toList();
            case TransactGetItemsRequest all ->
                all.transactItems().stream()
                        .map(each -> onTable("GetItem", each.get().tableName()))
                        .toList();
            case BatchGetItemRequest all ->
                all.requestItems().keySet().stream()
                        .map(table -> onTable(operation, table))
                        .toList();
            case BatchWriteItemRequest all ->
                all.requestItems().keySet().stream()
                        .map(table -> onTable(operation, table))
                        .toList();
            default -> {
                String index = field(request, "IndexName")
                        .map(name -> "/index/" + name)
                        .orElse("");
                yield List.of(onTable(operation, field(request, "TableName").orElse("") + index));
            }
        };
    }

    static Access ofStatement(String statement) {
        Matcher parts = STATEMENT.matcher(statement.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("no statement of PartiQL that is known here: " + statement);
        }
        int verb = 1;
        while (parts.group(verb) == null) {
            verb += 2;
        }
        String word = parts.group(verb).toLowerCase(Locale.ROOT);
        String index = Optional.ofNullable(parts.group(9))
                .map(name -> "/index/" + name)
                .orElse("");
        return onTable(
                "PartiQL" + word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
                parts.group(verb + 1) + index);
    }

    private static Access ofItem(TransactWriteItem item) {
        if (item.put() != null) {
            return onTable("PutItem", item.put().tableName());
        }
        if (item.update() != null) {
            return onTable("UpdateItem", item.update().tableName());
        }
        return item.delete() != null
                ? onTable("DeleteItem", item.delete().tableName())
                : onTable("ConditionCheckItem", item.conditionCheck().tableName());
    }

    private static Access onTable(String operation, String table) {
        return new Access("dynamodb:" + operation, "arn:aws:dynamodb:" + PLACE + "table/" + table);
    }

    // --- the others ---

    private static String queue(SdkRequest request) {
        String url =
                field(request, "QueueUrl").or(() -> field(request, "QueueName")).orElse("");
        return "arn:aws:sqs:" + PLACE + url.substring(url.lastIndexOf('/') + 1);
    }

    private static String secret(SdkRequest request) {
        String id = field(request, "SecretId").orElse("");
        return id.startsWith("arn:") ? id : "arn:aws:secretsmanager:" + PLACE + "secret:" + id + SUFFIX;
    }

    private static Access ofS3(SdkRequest request, String operation) {
        String bucket = "arn:aws:s3:::" + field(request, "Bucket").orElse("");
        String key = "/" + field(request, "Key").orElse("");
        return switch (operation) {
            case "ListObjects", "ListObjectsV2" ->
                new Access(
                        "s3:ListBucket",
                        bucket,
                        field(request, "Prefix")
                                .map(prefix -> Map.of("s3:prefix", prefix))
                                .orElse(Map.of()));
            case "HeadObject" -> new Access("s3:GetObject", bucket + key);
            default -> new Access("s3:" + operation, bucket + key);
        };
    }

    private static Optional<String> field(SdkRequest request, String name) {
        return request.getValueForField(name, String.class);
    }
}
