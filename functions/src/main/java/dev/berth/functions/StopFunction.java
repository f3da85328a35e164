package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.berth.model.OpKind;

/** Stops one runtime for each message of the stop queue. */
public final class StopFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final JobBatch batch = Wiring.fromEnvironment().batch(OpKind.STOP);

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context lambda) {
        return batch.handle(event, lambda);
    }
}
