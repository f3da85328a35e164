package dev.berth.aws;

import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.Limits;
import dev.berth.model.OperationEntry;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import dev.berth.port.Commit;
import dev.berth.port.Lease;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.SpecJson;
import dev.berth.wire.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;

/**
 * The transaction that ends an operation.
 *
 * <p>It is in PartiQL, because the log is written by INSERT alone: a role that may do {@code dynamodb:PartiQLInsert} on
 * the log's table, and nothing else, cannot rewrite history.
 */
record GameEnding(DynamoDbClient dynamo, Tables tables, Clock clock) {
    boolean commit(Lease lease, Commit commit) {
        List<ParameterizedStatement> statements = new ArrayList<>();
        statements.add(updateGame(lease, commit));
        commit.claim().ifPresent(job -> statements.add(insert(tables.jobs(), FinishedJobs.item(job, clock.now()))));
        commit.entry().ifPresent(entry -> statements.add(insert(tables.operations(), entryItem(entry))));
        statements.addAll(HostPlaces.changes(tables.hosts(), commit.givenBack(), commit.taken()));
        List<CancellationReason> reasons =
                Transactions.run(clock, () -> dynamo.executeTransaction(tx -> tx.transactStatements(statements)));
        if (reasons.isEmpty()) {
            return true;
        }
        if (Transactions.failed(reasons, 0)) {
            throw AwsErrors.leaseLost();
        }
        if (commit.claim().isPresent() && Transactions.exists(reasons, 1)) {
            return false;
        }
        if (commit.entry().isPresent()
                && Transactions.exists(reasons, commit.claim().isPresent() ? 2 : 1)) {
            throw new OperationFailed(ErrorCode.LOG_CORRUPT, "the log goes on beyond the head that the game knows");
        }
        throw Transactions.cancelled(reasons);
    }

    private ParameterizedStatement updateGame(Lease lease, Commit commit) {
        StringBuilder statement = new StringBuilder("UPDATE \"" + tables.games() + "\"");
        List<AttributeValue> parameters = new ArrayList<>();
        List<String> gone = new ArrayList<>(RecordJson.FIELDS);
        Map<String, AttributeValue> set = Items.of(settled(commit));
        if (commit.entry().isEmpty() && commit.record().isEmpty()) {
            set.put(
                    GameItem.EXPIRES_AT,
                    number(clock.now().plus(Limits.KEEP_RESULTS).getEpochSecond()));
        } else {
            gone.add(GameItem.EXPIRES_AT);
            gone.add(GameItem.SPEC);
        }
        set.forEach((name, value) -> {
            statement.append(" SET \"").append(name).append("\" = ?");
            parameters.add(value);
        });
        gone.removeAll(set.keySet());
        if (commit.deployment().isEmpty()) {
            gone.add(GameItem.DEPLOYMENT);
            gone.add(GameItem.STOP_REQUESTED);
            gone.add(GameItem.RECOVER_AT);
        }
        if (commit.keepLease()) {
            // A repeated request of an earlier checkpoint must not bring the closed deployment back.
            statement.append(" SET \"").append(GameItem.LEASE_UNTIL).append("\" = ?");
            parameters.add(millis(lease.extendedTo(lease.until()).until()));
        } else {
            gone.add(GameItem.LEASE_OWNER);
            gone.add(GameItem.LEASE_UNTIL);
        }
        if (commit.setsDue() && commit.dueAt().isEmpty()) {
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
        commit.dueAt().filter(_ -> commit.setsDue()).ifPresent(due -> {
            json.put(GameItem.DUE_AT, due.toEpochMilli());
            json.put(GameItem.SWEEP, GameItem.SWEEP_ALL);
        });
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
}
