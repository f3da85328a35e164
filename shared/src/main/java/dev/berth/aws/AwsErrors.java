package dev.berth.aws;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Translates failures of AWS: what may be better later is {@code store_unavailable}, what will not is our own fault. */
final class AwsErrors {
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    /** S3's answer where another write of the same object is not yet done. */
    private static final String BEING_WRITTEN = "ConditionalRequestConflict";

    private AwsErrors() {}

    /** Runs a call, and turns what the SDK throws into {@code store_unavailable} or {@code internal}. */
    static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw translated(e);
        }
    }

    /**
     * Reads what we have stored ourselves.
     *
     * @throws OperationFailed {@code internal} if it cannot be read: never the fault of whoever sent a message
     */
    static <T> T stored(String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OperationFailed | IllegalArgumentException | NoSuchElementException unreadable) {
            throw new OperationFailed(
                    ErrorCode.INTERNAL,
                    "the stored " + what + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static OperationFailed translated(SdkException e) {
        String name = e instanceof AwsServiceException answer && answer.awsErrorDetails() != null
                ? answer.awsErrorDetails().errorCode()
                : e.getClass().getSimpleName();
        boolean refused = e instanceof AwsServiceException answer
                && answer.statusCode() >= CLIENT_ERROR
                && answer.statusCode() < SERVER_ERROR
                && !answer.isThrottlingException()
                && !answer.isRetryableException()
                && !(e instanceof TransactionInProgressException)
                && !(e instanceof TransactionConflictException)
                && !BEING_WRITTEN.equals(name);
        return new OperationFailed(
                refused ? ErrorCode.INTERNAL : ErrorCode.STORE_UNAVAILABLE, "the store does not take it: " + name, e);
    }

    static OperationFailed leaseLost() {
        return new OperationFailed(ErrorCode.LEASE_LOST, "another attempt has taken over the game");
    }
}
