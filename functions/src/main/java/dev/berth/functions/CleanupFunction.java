package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.berth.model.OpKind;

/** Removes one container for each message of the cleanup queue. */
public final class CleanupFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final JobBatch batch = Wiring.fromEnvironment().batch(OpKind.CLEANUP_CONTAINER);

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context lambda) {
        return batch.handle(event, lambda);
    }
}
