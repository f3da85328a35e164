package dev.berth.aws;

import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Translates failures of AWS: whatever the store says or does not say, it is not available to us. */
final class AwsErrors {
    private AwsErrors() {}

    /** Runs a call, and turns what the SDK throws into {@code store_unavailable}. */
    static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    static OperationFailed unavailable(SdkException e) {
        return new OperationFailed(
                ErrorCode.STORE_UNAVAILABLE,
                "the store did not answer as it should: " + e.getClass().getSimpleName(),
                e);
    }

    static OperationFailed leaseLost() {
        return new OperationFailed(ErrorCode.LEASE_LOST, "another attempt has taken over the game");
    }
}
