package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Limits;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.ResultJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The results of finished jobs: the idempotency claims, kept 28 days. */
final class FinishedJobs {
    static final String JOB_ID = "job_id";
    private static final String CONTENT_HASH = "content_hash";
    private static final String RESULT = "result";
    private static final String EXPIRES_AT = "expires_at";

    private final DynamoDbClient dynamo;
    private final Tables tables;

    FinishedJobs(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    Optional<FinishedJob> find(String key) {
        var answer = AwsErrors.translated(() ->
                dynamo.getItem(get -> get.tableName(tables.jobs()).key(key(key)).consistentRead(true)));
        return answer.hasItem()
                ? Optional.of(AwsErrors.stored("result", () -> read(Items.json(answer.item()))))
                : Optional.empty();
    }

    static Map<String, AttributeValue> key(String key) {
        return Map.of(JOB_ID, text(key));
    }

    static Map<String, AttributeValue> item(FinishedJob job, Instant now) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put(JOB_ID, text(job.key()));
        item.put(CONTENT_HASH, text(job.contentHash()));
        item.put(RESULT, AttributeValue.fromM(Items.of(ResultJson.write(job.result()))));
        item.put(EXPIRES_AT, number(now.plus(Limits.KEEP_RESULTS).getEpochSecond()));
        return item;
    }

    private static FinishedJob read(ObjectNode json) {
        Fields fields = Fields.of(json);
        return new FinishedJob(
                fields.text(JOB_ID, key -> key),
                fields.text(CONTENT_HASH, hash -> hash),
                ResultJson.read(json.get(RESULT) instanceof ObjectNode result ? result : Json.object()));
    }
}
