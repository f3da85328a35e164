package dev.berth.aws;

import static dev.berth.aws.GameItem.millis;
import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.action.Deployment;
import dev.berth.port.Clock;
import dev.berth.port.Games.Opening;
import dev.berth.port.Lease;
import dev.berth.port.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The transaction that opens an operation. */
record GameOpening(DynamoDbClient dynamo, Tables tables, Clock clock) {
    Opening open(Lease extended, Deployment deployment, String claimKey, Optional<Reservation> reservation) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(updateGame(extended, deployment));
        writes.add(TransactWriteItem.builder()
                .conditionCheck(claim -> claim.tableName(tables.jobs())
                        .key(FinishedJobs.key(claimKey))
                        .conditionExpression("attribute_not_exists(job_id)"))
                .build());
        reservation.ifPresent(place -> writes.add(HostPlaces.reserve(tables.hosts(), place)));
        List<CancellationReason> reasons =
                Transactions.run(clock, () -> dynamo.transactWriteItems(tx -> tx.transactItems(writes)));
        if (reasons.isEmpty()) {
            return new Opening.Opened(extended);
        }
        if (Transactions.failed(reasons, 0)) {
            throw AwsErrors.leaseLost();
        }
        if (Transactions.failed(reasons, 1)) {
            return new Opening.FinishedBefore();
        }
        if (Transactions.failed(reasons, 2)) {
            return new Opening.NoRoom();
        }
        throw Transactions.cancelled(reasons);
    }

    /** A sweep looks from the end of this lease on; the lease's extensions leave that, and with it the index. */
    private TransactWriteItem updateGame(Lease extended, Deployment deployment) {
        return TransactWriteItem.builder()
                .update(game -> game.tableName(tables.games())
                        .key(GameItem.key(extended.game()))
                        .conditionExpression("fence = :fence AND lease_owner = :owner")
                        .updateExpression("SET lease_until = :until, deployment = :deployment,"
                                + " sweep = :sweep, recover_at = :until REMOVE expires_at")
                        .expressionAttributeValues(Map.of(
                                ":fence", number(extended.fence().value()),
                                ":owner", text(extended.owner()),
                                ":until", millis(extended.until()),
                                ":sweep", text(GameItem.SWEEP_ALL),
                                ":deployment", AttributeValue.fromM(Items.of(DeploymentJson.write(deployment))))))
                .build();
    }
}
