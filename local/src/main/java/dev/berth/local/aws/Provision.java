package dev.berth.local.aws;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Makes the queues and tables of a template, as CloudFormation would. */
public final class Provision {

    private Provision() {}

    /** @return the URL of each queue by logical id, in the template's order */
    public static Map<String, String> queues(SqsClient sqs, List<Template.Queue> queues) {
        var urls = new LinkedHashMap<String, String>();
        for (var queue : queues) {
            var attributes = Map.of(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                            Long.toString(queue.visibility().toSeconds()),
                    QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                            Long.toString(queue.retention().toSeconds()));
            var created = sqs.createQueue(r -> r.queueName(queue.name()).attributes(attributes));
            urls.put(queue.logicalId(), created.queueUrl());
        }
        queues.forEach(queue -> queue.redrive().ifPresent(redrive -> redrive(sqs, queue, redrive, urls)));
        return urls;
    }

    private static void redrive(
            SqsClient sqs, Template.Queue queue, Template.Redrive redrive, Map<String, String> urls) {
        var arn = sqs.getQueueAttributes(r ->
                        r.queueUrl(urls.get(redrive.deadLetterQueue())).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        var policy = "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + redrive.maxReceiveCount() + "}";
        var attributes = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
        attributes.put(QueueAttributeName.REDRIVE_POLICY, policy);
        sqs.setQueueAttributes(r -> r.queueUrl(urls.get(queue.logicalId())).attributes(attributes));
    }

    /** @return the name of each table by logical id, in the template's order */
    public static Map<String, String> tables(DynamoDbClient dynamoDb, List<Template.Table> tables) {
        var names = new LinkedHashMap<String, String>();
        for (var table : tables) {
            dynamoDb.createTable(creation(table));
            table.timeToLive()
                    .ifPresent(attribute -> dynamoDb.updateTimeToLive(r -> r.tableName(table.name())
                            .timeToLiveSpecification(
                                    t -> t.attributeName(attribute).enabled(true))));
            names.put(table.logicalId(), table.name());
        }
        return names;
    }

    private static CreateTableRequest creation(Template.Table table) {
        var attributes = new ArrayList<AttributeDefinition>();
        table.attributes()
                .forEach((name, type) -> attributes.add(AttributeDefinition.builder()
                        .attributeName(name)
                        .attributeType(type)
                        .build()));
        var request = CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(keys(table.keys()));
        if (!table.indexes().isEmpty()) {
            request.globalSecondaryIndexes(
                    table.indexes().stream().map(Provision::index).toList());
        }
        return request.build();
    }

    private static GlobalSecondaryIndex index(Template.Index index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(keys(index.keys()))
                .projection(p -> {
                    p.projectionType(index.projection());
                    if (!index.projected().isEmpty()) {
                        p.nonKeyAttributes(index.projected());
                    }
                })
                .build();
    }

    private static List<KeySchemaElement> keys(List<Template.Key> keys) {
        return keys.stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.attribute())
                        .keyType(key.type())
                        .build())
                .toList();
    }
}
