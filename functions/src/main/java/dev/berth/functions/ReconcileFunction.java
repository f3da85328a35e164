package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Reconciles one host for each message of the reconcile queue. */
public final class ReconcileFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final JobBatch batch = Wiring.fromEnvironment().reconciles();

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context lambda) {
        return batch.handle(event, lambda);
    }
}
