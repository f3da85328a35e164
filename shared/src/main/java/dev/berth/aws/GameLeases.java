package dev.berth.aws;

import static dev.berth.aws.GameItem.LEASE_OWNER;
import static dev.berth.aws.GameItem.STOP_REQUESTED;
import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.action.Deployment;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import dev.berth.port.Game;
import dev.berth.port.Games.Kept;
import dev.berth.port.Lease;
import dev.berth.wire.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The leases of games: each of these is one conditional write of the game's item. */
public record GameLeases(DynamoDbClient dynamo, Tables tables, Clock clock) {
    private static final String UNDER_LEASE = "fence = :fence AND lease_owner = :owner";

    /** What came of trying to take a lease. */
    public sealed interface Take {
        record Taken(Lease lease, Game game) implements Take {}

        record Busy(Instant until) implements Take {}
    }

    /**
     * Tries to take the lease of a game.
     *
     * @param duration how long it runs
     * @throws OperationFailed {@code store_unavailable}
     */
    public Take take(GameId game, Duration duration) {
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
            return taken(
                    game,
                    owner,
                    AwsErrors.translated(() -> dynamo.updateItem(request)).attributes());
        } catch (OperationFailed e) {
            if (!(e.getCause() instanceof ConditionalCheckFailedException busy)) {
                throw e;
            }
            // The SDK repeats a request whose answer was lost, and meets the lease that it took itself.
            return text(owner).equals(busy.item().get(LEASE_OWNER))
                    ? taken(game, owner, busy.item())
                    : new Take.Busy(GameItem.leaseUntil(busy.item()));
        }
    }

    private Take taken(GameId game, String owner, Map<String, AttributeValue> item) {
        Lease lease = new Lease(game, GameItem.fence(item), owner, GameItem.leaseUntil(item));
        try {
            return new Take.Taken(lease, GameItem.read(item));
        } catch (OperationFailed unreadable) {
            release(lease, Optional.empty());
            throw unreadable;
        }
    }

    Lease raise(Lease lease, Fence above) {
        Fence raised = new Fence(Math.max(lease.fence().value(), above.value() + 1));
        Map<String, AttributeValue> values = underLease(lease);
        values.put(":raised", number(raised.value()));
        // The SDK repeats a request whose answer was lost, and meets the fence that it raised itself.
        write(
                lease,
                "fence IN (:fence, :raised) AND lease_owner = :owner",
                "SET fence = :raised",
                values,
                ReturnValue.NONE);
        return new Lease(lease.game(), raised, lease.owner(), lease.until());
    }

    Kept save(Lease lease, Deployment deployment, Duration duration) {
        Lease extended = lease.extendedTo(clock.now().plus(duration));
        Map<String, AttributeValue> values = underLease(lease);
        values.put(":until", millis(extended.until()));
        values.put(":deployment", AttributeValue.fromM(Items.of(DeploymentJson.write(deployment))));
        // A repeated request of an earlier save may arrive after a later one.
        Map<String, AttributeValue> item = write(
                lease,
                UNDER_LEASE + " AND lease_until <= :until",
                "SET lease_until = :until, deployment = :deployment",
                values,
                ReturnValue.ALL_NEW);
        return new Kept(extended, Optional.ofNullable(item.get(STOP_REQUESTED)).map(at -> Times.instant(at.s())));
    }

    /**
     * Gives a lease back: see {@link dev.berth.port.Games#release}.
     *
     * @throws OperationFailed {@code lease_lost} if it is not ours any more
     */
    public void release(Lease lease, Optional<Deployment> deployment) {
        Map<String, AttributeValue> values = underLease(lease);
        deployment.ifPresent(
                open -> values.put(":deployment", AttributeValue.fromM(Items.of(DeploymentJson.write(open)))));
        write(
                lease,
                UNDER_LEASE,
                (deployment.isPresent() ? "SET deployment = :deployment " : "")
                        + "REMOVE lease_owner, lease_until, stop_requested",
                values,
                ReturnValue.NONE);
    }

    private static Map<String, AttributeValue> underLease(Lease lease) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":fence", number(lease.fence().value()));
        values.put(":owner", text(lease.owner()));
        return values;
    }

    /** @param answer what the answer is to have of the item, which may be large */
    private Map<String, AttributeValue> write(
            Lease lease, String condition, String update, Map<String, AttributeValue> values, ReturnValue answer) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(tables.games())
                .key(GameItem.key(lease.game()))
                .conditionExpression(condition)
                .updateExpression(update)
                .expressionAttributeValues(values)
                .returnValues(answer)
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
