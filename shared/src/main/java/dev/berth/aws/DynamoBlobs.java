package dev.berth.aws;

import static dev.berth.aws.Items.text;

import dev.berth.model.Blob;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.Blobs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Contents of files in DynamoDB, one item for each, under its hash. */
public final class DynamoBlobs implements Blobs {
    private static final String SHA256 = "sha256";
    private static final String CONTENT = "content";

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoBlobs(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public void keep(List<Blob> contents) {
        contents.forEach(this::keep);
    }

    private void keep(Blob blob) {
        Map<String, AttributeValue> item = Map.of(
                SHA256, text(blob.sha256()), CONTENT, AttributeValue.fromB(SdkBytes.fromByteArray(blob.bytes())));
        try {
            AwsErrors.translated(() -> dynamo.putItem(put ->
                    put.tableName(tables.blobs()).item(item).conditionExpression("attribute_not_exists(sha256)")));
        } catch (OperationFailed e) {
            // The same content has been kept before.
            if (!(e.getCause() instanceof ConditionalCheckFailedException)) {
                throw e;
            }
        }
    }

    @Override
    public Blob read(String sha256) {
        var answer = AwsErrors.translated(() -> dynamo.getItem(get ->
                get.tableName(tables.blobs()).key(Map.of(SHA256, text(sha256))).consistentRead(true)));
        return Optional.ofNullable(answer.item().get(CONTENT))
                .map(content -> new Blob(content.b().asByteArray()))
                .filter(blob -> blob.sha256().equals(sha256))
                .orElseThrow(() -> new OperationFailed(ErrorCode.INTERNAL, "there is no content of hash " + sha256));
    }
}
