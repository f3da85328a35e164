package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.berth.model.OpKind;

/** Starts one runtime for each message of the start queue. */
public final class StartFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final JobBatch batch = Wiring.fromEnvironment().batch(OpKind.START);

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context lambda) {
        return batch.handle(event, lambda);
    }
}
