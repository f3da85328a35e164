package dev.berth.aws;

import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.Deployment;
import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import dev.berth.port.Commit;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.SpecJson;
import dev.berth.wire.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The two transactions of an operation: the one that opens it and the one that ends it.
 *
 * <p>The end is a PartiQL transaction, because the log is written by INSERT alone: a role that may do {@code
 * dynamodb:PartiQLInsert} on the log's table, and nothing else, cannot rewrite history.
 */
final class GameTransactions {
    private static final int CONFLICT_TRIES = 6;
    private static final Duration CONFLICT_PAUSE = Duration.ofMillis(25);

    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Clock clock;

    GameTransactions(DynamoDbClient dynamo, Tables tables, Clock clock) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.clock = clock;
    }

    // --- opening ---

    Opening open(Lease extended, Deployment deployment, String claimKey, Optional<Reservation> reservation) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .update(game -> game.tableName(tables.games())
                        .key(GameItem.key(extended.game()))
                        .conditionExpression("fence = :fence AND lease_owner = :owner")
                        .updateExpression("SET lease_until = :until, deployment = :deployment REMOVE expires_at")
                        .expressionAttributeValues(Map.of(
                                ":fence", number(extended.fence().value()),
                                ":owner", text(extended.owner()),
                                ":until", millis(extended.until()),
                                ":deployment", AttributeValue.fromM(Items.of(DeploymentJson.write(deployment))))))
                .build());
        writes.add(TransactWriteItem.builder()
                .conditionCheck(claim -> claim.tableName(tables.jobs())
                        .key(FinishedJobs.key(claimKey))
                        .conditionExpression("attribute_not_exists(job_id)"))
                .build());
        reservation.ifPresent(place -> writes.add(DynamoHosts.reserve(tables.hosts(), place)));
        List<CancellationReason> reasons = transact(() -> dynamo.transactWriteItems(tx -> tx.transactItems(writes)));
        if (reasons.isEmpty()) {
            return new Opening.Opened(extended);
        }
        if (failed(reasons, 0)) {
            throw AwsErrors.leaseLost();
        }
        if (failed(reasons, 1)) {
            return new Opening.FinishedBefore();
        }
        if (failed(reasons, 2)) {
            return new Opening.NoRoom();
        }
        throw cancelled(reasons);
    }

    // --- ending ---

    boolean commit(Lease lease, Commit commit) {
        List<ParameterizedStatement> statements = new ArrayList<>();
        statements.add(updateGame(lease, commit));
        commit.claim().ifPresent(job -> statements.add(insert(tables.jobs(), FinishedJobs.item(job, clock.now()))));
        commit.entry().ifPresent(entry -> statements.add(insert(tables.operations(), entryItem(entry))));
        DynamoHosts.merged(commit.givenBack())
                .forEach((host, amount) -> statements.add(DynamoHosts.giveBack(tables.hosts(), host, amount)));
        List<CancellationReason> reasons =
                transact(() -> dynamo.executeTransaction(tx -> tx.transactStatements(statements)));
        if (reasons.isEmpty()) {
            return true;
        }
        if (failed(reasons, 0)) {
            throw AwsErrors.leaseLost();
        }
        if (commit.claim().isPresent() && exists(reasons, 1)) {
            return false;
        }
        if (commit.entry().isPresent() && exists(reasons, commit.claim().isPresent() ? 2 : 1)) {
            throw new OperationFailed(ErrorCode.LOG_CORRUPT, "the log goes on beyond the head that the game knows");
        }
        throw cancelled(reasons);
    }

    private ParameterizedStatement updateGame(Lease lease, Commit commit) {
        StringBuilder statement = new StringBuilder("UPDATE \"" + tables.games() + "\"");
        List<AttributeValue> parameters = new ArrayList<>();
        Map<String, AttributeValue> set = Items.of(settled(commit));
        if (commit.entry().isEmpty() && commit.record().isEmpty()) {
            set.put(
                    GameItem.EXPIRES_AT,
                    number(clock.now().plus(Limits.KEEP_RESULTS).getEpochSecond()));
        }
        set.forEach((name, value) -> {
            statement.append(" SET \"").append(name).append("\" = ?");
            parameters.add(value);
        });
        List<String> gone = new ArrayList<>(RecordJson.FIELDS);
        gone.removeAll(set.keySet());
        if (commit.deployment().isEmpty()) {
            gone.add(GameItem.DEPLOYMENT);
            gone.add(GameItem.STOP_REQUESTED);
        }
        if (commit.keepLease()) {
            // A repeated request of an earlier checkpoint must not bring the closed deployment back.
            statement.append(" SET \"").append(GameItem.LEASE_UNTIL).append("\" = ?");
            parameters.add(millis(lease.extendedTo(lease.until()).until()));
        } else {
            gone.add(GameItem.LEASE_OWNER);
            gone.add(GameItem.LEASE_UNTIL);
        }
        if (commit.changes() && commit.dueAt().isEmpty()) {
            gone.add(GameItem.DUE_AT);
        }
        gone.forEach(name -> statement.append(" REMOVE \"").append(name).append('"'));
        statement.append(" WHERE game_id = ? AND fence = ? AND lease_owner = ?");
        parameters.add(text(lease.game().value()));
        parameters.add(number(lease.fence().value()));
        parameters.add(text(lease.owner()));
        return ParameterizedStatement.builder()
                .statement(statement.toString())
                .parameters(parameters)
                .build();
    }

    private static ObjectNode settled(Commit commit) {
        ObjectNode json = commit.record().map(RecordJson::write).orElseGet(Json::object);
        commit.spec().ifPresent(spec -> json.put(GameItem.SPEC, Json.write(SpecJson.write(spec))));
        commit.lastRequestedAt().ifPresent(at -> json.put(GameItem.LAST_REQUESTED_AT, Times.write(at)));
        commit.deployment().ifPresent(open -> json.set(GameItem.DEPLOYMENT, DeploymentJson.write(open)));
        commit.dueAt().filter(_ -> commit.changes()).ifPresent(due -> json.put(GameItem.DUE_AT, due.toEpochMilli()));
        commit.entry().ifPresent(entry -> {
            json.put(GameItem.SEQ, entry.seq());
            json.put(GameItem.HEAD_HASH, EntryJson.hash(entry));
        });
        return json;
    }

    private static Map<String, AttributeValue> entryItem(OperationEntry entry) {
        Map<String, AttributeValue> item = Items.of(EntryJson.write(entry));
        item.put("hash", text(EntryJson.hash(entry)));
        return item;
    }

    private static ParameterizedStatement insert(String table, Map<String, AttributeValue> item) {
        StringBuilder value = new StringBuilder();
        List<AttributeValue> parameters = new ArrayList<>();
        item.forEach((name, attribute) -> {
            value.append(value.isEmpty() ? "" : ", ").append('\'').append(name).append("': ?");
            parameters.add(attribute);
        });
        return ParameterizedStatement.builder()
                .statement("INSERT INTO \"" + table + "\" VALUE {" + value + "}")
                .parameters(parameters)
                .build();
    }

    // --- both ---

    /**
     * Runs a transaction, again where it met another one.
     *
     * @return nothing if it was done, else the code for each of its writes
     */
    private List<CancellationReason> transact(Supplier<?> transaction) {
        for (int i = 1; ; i++) {
            List<CancellationReason> reasons = attempt(transaction);
            if (reasons.stream().noneMatch(reason -> "TransactionConflict".equals(reason.code()))) {
                return reasons;
            }
            if (i == CONFLICT_TRIES) {
                throw cancelled(reasons);
            }
            clock.pause(CONFLICT_PAUSE.multipliedBy(1L << i));
        }
    }

    private static List<CancellationReason> attempt(Supplier<?> transaction) {
        try {
            AwsErrors.translated(transaction);
            return List.of();
        } catch (OperationFailed e) {
            if (e.getCause() instanceof TransactionCanceledException cancelled && cancelled.hasCancellationReasons()) {
                return cancelled.cancellationReasons();
            }
            throw e;
        }
    }

    /** Whether the condition of that write did not hold. */
    private static boolean failed(List<CancellationReason> reasons, int index) {
        return index < reasons.size()
                && "ConditionalCheckFailed".equals(reasons.get(index).code());
    }

    /** Whether the key of that INSERT exists: a DuplicateItem on AWS, and a ValidationError in DynamoDB Local. */
    private static boolean exists(List<CancellationReason> reasons, int index) {
        if (index >= reasons.size()) {
            return false;
        }
        CancellationReason reason = reasons.get(index);
        return "DuplicateItem".equals(reason.code())
                || ("ValidationError".equals(reason.code())
                        && String.valueOf(reason.message()).contains("Duplicate primary key"));
    }

    private static OperationFailed cancelled(List<CancellationReason> reasons) {
        boolean refused = reasons.stream().anyMatch(reason -> "ValidationError".equals(reason.code()));
        return new OperationFailed(
                refused ? ErrorCode.INTERNAL : ErrorCode.STORE_UNAVAILABLE,
                "the transaction was cancelled: "
                        + reasons.stream()
                                .map(reason -> reason.code() + (reason.message() == null ? "" : " " + reason.message()))
                                .toList());
    }
}
