package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.berth.model.OpKind;

/** Restarts one runtime for each message of the restart queue. */
public final class RestartFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Wiring wiring = Wiring.fromEnvironment();

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context lambda) {
        return wiring.batch(OpKind.RESTART).handle(event, lambda);
    }
}
