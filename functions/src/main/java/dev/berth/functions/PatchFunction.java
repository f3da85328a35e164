package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.berth.model.OpKind;

/** Patches one runtime for each message of the patch queue. */
public final class PatchFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Wiring wiring = Wiring.fromEnvironment();

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context lambda) {
        return wiring.batch(OpKind.PATCH).handle(event, lambda);
    }
}
