package dev.berth.aws;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** How transactions are run, and what it means when they are cancelled. */
final class Transactions {
    private static final int CONFLICT_TRIES = 6;
    private static final Duration CONFLICT_PAUSE = Duration.ofMillis(25);

    private Transactions() {}

    /**
     * Runs a transaction, again where it met another one.
     *
     * @return nothing if it was done, else the code for each of its writes
     */
    static List<CancellationReason> run(Clock clock, Supplier<?> transaction) {
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
    static boolean failed(List<CancellationReason> reasons, int index) {
        return index < reasons.size()
                && "ConditionalCheckFailed".equals(reasons.get(index).code());
    }

    /** Whether the key of that INSERT exists: a DuplicateItem on AWS, and a ValidationError in DynamoDB Local. */
    static boolean exists(List<CancellationReason> reasons, int index) {
        if (index >= reasons.size()) {
            return false;
        }
        CancellationReason reason = reasons.get(index);
        return "DuplicateItem".equals(reason.code())
                || ("ValidationError".equals(reason.code())
                        && String.valueOf(reason.message()).contains("Duplicate primary key"));
    }

    static OperationFailed cancelled(List<CancellationReason> reasons) {
        boolean refused = reasons.stream().anyMatch(reason -> "ValidationError".equals(reason.code()));
        return new OperationFailed(
                refused ? ErrorCode.INTERNAL : ErrorCode.STORE_UNAVAILABLE,
                "the transaction was cancelled: "
                        + reasons.stream()
                                .map(reason -> reason.code() + (reason.message() == null ? "" : " " + reason.message()))
                                .toList());
    }
}
