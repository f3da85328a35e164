package dev.berth.aws;

import static dev.berth.aws.GameItem.LEASE_OWNER;
import static dev.berth.aws.GameItem.STOP_REQUESTED;
import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.action.Deployment;
import dev.berth.model.GameId;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import dev.berth.port.Commit;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.port.Game;
import dev.berth.port.Games;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import dev.berth.wire.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The games' items in DynamoDB: a lease is a conditional write, and every other write is conditional on the lease. */
public final class DynamoGames implements Games {
    private static final String UNDER_LEASE = "fence = :fence AND lease_owner = :owner";

    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Clock clock;
    private final GameTransactions transactions;
    private final FinishedJobs finishedJobs;

    public DynamoGames(DynamoDbClient dynamo, Tables tables, Clock clock) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.clock = clock;
        this.transactions = new GameTransactions(dynamo, tables, clock);
        this.finishedJobs = new FinishedJobs(dynamo, tables);
    }

    @Override
    public Acquisition acquire(GameId game, String claimKey, Duration duration) {
        CompletableFuture<Optional<FinishedJob>> claim = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> claim.completeAsync(() -> finishedJobs.find(claimKey), Runnable::run));
        Acquisition acquisition = acquire(game, duration);
        Optional<FinishedJob> finished = joined(claim, acquisition);
        if (finished.isEmpty()) {
            return acquisition;
        }
        releaseIfHeld(acquisition);
        return new Acquisition.Finished(finished.get());
    }

    private Optional<FinishedJob> joined(CompletableFuture<Optional<FinishedJob>> claim, Acquisition acquisition) {
        try {
            return claim.join();
        } catch (CompletionException e) {
            releaseIfHeld(acquisition);
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void releaseIfHeld(Acquisition acquisition) {
        if (acquisition instanceof Acquisition.Held(Lease lease, Game game)) {
            release(lease, game.deployment());
        }
    }

    private Acquisition acquire(GameId game, Duration duration) {
        Instant now = clock.now();
        Instant until = now.plus(duration);
        String owner = UUID.randomUUID().toString();
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(tables.games())
                .key(GameItem.key(game))
                .conditionExpression("attribute_not_exists(lease_owner) OR lease_until < :now")
                .updateExpression("SET lease_owner = :owner, lease_until = :until REMOVE stop_requested ADD fence :one")
                .expressionAttributeValues(
                        Map.of(":now", millis(now), ":owner", text(owner), ":until", millis(until), ":one", number(1)))
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        try {
            return held(
                    game,
                    owner,
                    AwsErrors.translated(() -> dynamo.updateItem(request)).attributes());
        } catch (OperationFailed e) {
            if (!(e.getCause() instanceof ConditionalCheckFailedException busy)) {
                throw e;
            }
            // The SDK repeats a request whose answer was lost, and meets the lease that it took itself.
            return text(owner).equals(busy.item().get(LEASE_OWNER))
                    ? held(game, owner, busy.item())
                    : new Acquisition.Busy(GameItem.leaseUntil(busy.item()));
        }
    }

    private Acquisition held(GameId game, String owner, Map<String, AttributeValue> item) {
        Lease lease = new Lease(game, GameItem.fence(item), owner, GameItem.leaseUntil(item));
        try {
            return new Acquisition.Held(lease, GameItem.read(item));
        } catch (OperationFailed unreadable) {
            release(lease, Optional.empty());
            throw unreadable;
        }
    }

    @Override
    public Opening open(
            Lease lease, Deployment deployment, String claimKey, Optional<Reservation> reservation, Duration duration) {
        Lease extended = lease.extendedTo(clock.now().plus(duration));
        return transactions.open(extended, deployment, claimKey, reservation);
    }

    @Override
    public Kept save(Lease lease, Deployment deployment, Duration duration) {
        Lease extended = lease.extendedTo(clock.now().plus(duration));
        Map<String, AttributeValue> values = underLease(lease);
        values.put(":until", millis(extended.until()));
        values.put(":deployment", AttributeValue.fromM(Items.of(DeploymentJson.write(deployment))));
        // A repeated request of an earlier save may arrive after a later one.
        Map<String, AttributeValue> item = write(
                lease,
                UNDER_LEASE + " AND lease_until <= :until",
                "SET lease_until = :until, deployment = :deployment",
                values);
        return new Kept(extended, Optional.ofNullable(item.get(STOP_REQUESTED)).map(at -> Times.instant(at.s())));
    }

    @Override
    public void release(Lease lease, Optional<Deployment> deployment) {
        Map<String, AttributeValue> values = underLease(lease);
        deployment.ifPresent(
                open -> values.put(":deployment", AttributeValue.fromM(Items.of(DeploymentJson.write(open)))));
        write(
                lease,
                UNDER_LEASE,
                (deployment.isPresent() ? "SET deployment = :deployment " : "")
                        + "REMOVE lease_owner, lease_until, stop_requested",
                values);
    }

    @Override
    public boolean commit(Lease lease, Commit commit) {
        return transactions.commit(lease, commit);
    }

    @Override
    public void requestStop(GameId game, Instant requestedAt) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(tables.games())
                .key(GameItem.key(game))
                .conditionExpression("attribute_exists(lease_owner)"
                        + " AND (attribute_not_exists(stop_requested) OR stop_requested < :at)")
                .updateExpression("SET stop_requested = :at")
                .expressionAttributeValues(Map.of(":at", text(Times.write(requestedAt))))
                .build();
        try {
            AwsErrors.translated(() -> dynamo.updateItem(request));
        } catch (OperationFailed e) {
            if (!(e.getCause() instanceof ConditionalCheckFailedException)) {
                throw e;
            }
        }
    }

    @Override
    public boolean touch(GameId game, Instant at) {
        return new Touch(dynamo, tables, game, at).of(() -> find(game));
    }

    @Override
    public Optional<Game> find(GameId game) {
        var answer = AwsErrors.translated(() -> dynamo.getItem(
                get -> get.tableName(tables.games()).key(GameItem.key(game)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(GameItem.read(answer.item())) : Optional.empty();
    }

    @Override
    public List<Game> list(int limit) {
        return AwsErrors.translated(() ->
                dynamo
                        .scanPaginator(scan -> scan.tableName(tables.games())
                                .consistentRead(true)
                                .limit(limit))
                        .items()
                        .stream()
                        .limit(limit)
                        .map(GameItem::read)
                        .toList());
    }

    @Override
    public Optional<FinishedJob> finished(String claimKey) {
        return finishedJobs.find(claimKey);
    }

    private static Map<String, AttributeValue> underLease(Lease lease) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":fence", number(lease.fence().value()));
        values.put(":owner", text(lease.owner()));
        return values;
    }

    private Map<String, AttributeValue> write(
            Lease lease, String condition, String update, Map<String, AttributeValue> values) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(tables.games())
                .key(GameItem.key(lease.game()))
                .conditionExpression(condition)
                .updateExpression(update)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.ALL_NEW)
                .build();
        try {
            return AwsErrors.translated(() -> dynamo.updateItem(request)).attributes();
        } catch (OperationFailed e) {
            if (e.getCause() instanceof ConditionalCheckFailedException) {
                throw AwsErrors.leaseLost();
            }
            throw e;
        }
    }
}
