package dev.berth.aws;

import static dev.berth.aws.GameItem.LEASE_OWNER;
import static dev.berth.aws.GameItem.STOP_REQUESTED;
import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.HostId;
import dev.berth.model.OperationFailed;
import dev.berth.port.Bound;
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
    private final GameOpening opening;
    private final GameEnding ending;
    private final GameQueries queries;
    private final FinishedJobs finishedJobs;

    public DynamoGames(DynamoDbClient dynamo, Tables tables, Clock clock) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.clock = clock;
        this.opening = new GameOpening(dynamo, tables, clock);
        this.ending = new GameEnding(dynamo, tables, clock);
        this.queries = new GameQueries(dynamo, tables);
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
        return opening.open(extended, deployment, claimKey, reservation);
    }

    @Override
    public Lease raise(Lease lease, Fence above) {
        Fence raised = new Fence(Math.max(lease.fence().value(), above.value() + 1));
        Map<String, AttributeValue> values = underLease(lease);
        values.put(":raised", number(raised.value()));
        // The SDK repeats a request whose answer was lost, and meets the fence that it raised itself.
        write(lease, "fence IN (:fence, :raised) AND lease_owner = :owner", "SET fence = :raised", values);
        return new Lease(lease.game(), raised, lease.owner(), lease.until());
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
        return ending.commit(lease, commit);
    }

    @Override
    public void requestStop(GameId game, Instant requestedAt) {
        new StopRequest(dynamo, tables, game, requestedAt).leave();
    }

    @Override
    public boolean touch(GameId game, Instant at) {
        return new Touch(dynamo, tables, game, at).of(() -> find(game));
    }

    @Override
    public Optional<Game> find(GameId game) {
        return queries.find(game);
    }

    @Override
    public List<Game> list(int limit) {
        return queries.list(limit);
    }

    @Override
    public List<Bound> boundTo(HostId host, int limit) {
        return queries.boundTo(host, limit);
    }

    @Override
    public List<GameId> due(Instant now, int limit) {
        return queries.due(now, limit);
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
