package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationFailed;
import dev.berth.port.LogPruning;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;

/** Removes archived entries from the operation log, by PartiQL DELETE alone: a role that may do so can write nothing. */
public final class DynamoLogPruning implements LogPruning {
    /** How many statements DynamoDB takes at once. */
    private static final int BATCH = 25;

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoLogPruning(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public void remove(GameId game, List<LoggedEntry> entries) {
        for (int from = 0; from < entries.size(); from += BATCH) {
            List<BatchStatementRequest> statements =
                    entries.subList(from, Math.min(from + BATCH, entries.size())).stream()
                            .map(entry -> delete(game, entry))
                            .toList();
            AwsErrors.translated(() -> dynamo.batchExecuteStatement(batch -> batch.statements(statements)))
                    .responses()
                    .forEach(response -> check(response.error()));
        }
    }

    private BatchStatementRequest delete(GameId game, LoggedEntry entry) {
        return BatchStatementRequest.builder()
                .statement("DELETE FROM \"" + tables.operations() + "\" WHERE game_id = ? AND seq = ? AND \"hash\" = ?")
                .parameters(text(game.value()), number(entry.seq()), text(entry.hash()))
                .build();
    }

    /** Of a statement that was not done: one that is gone, or not the one that is meant, is left as it is. */
    private static void check(@Nullable BatchStatementError error) {
        if (error != null && error.code() != BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED) {
            throw new OperationFailed(
                    ErrorCode.STORE_UNAVAILABLE, "the store does not take it: " + error.codeAsString());
        }
    }
}
