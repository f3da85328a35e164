package dev.berth.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A function that fails as its messages tell it: the first time as they say, after that no more (but for "fail-always"). */
public final class WorkerFixture implements RequestHandler<SQSEvent, SQSBatchResponse> {

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var failures = new ArrayList<BatchItemFailure>();
        for (var message : event.getRecords()) {
            if (!handled(message)) {
                failures.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }

    private static boolean handled(SQSEvent.SQSMessage message) {
        var body = message.getBody();
        var first = "1".equals(message.getAttributes().get("ApproximateReceiveCount"));
        System.out.println("began " + body);
        if (body.startsWith("fail-always") || (first && body.startsWith("fail"))) {
            return false;
        }
        if (first && body.startsWith("throw")) {
            throw new IllegalStateException("as told by " + body);
        }
        if (first && body.startsWith("hang")) {
            hang();
        }
        System.out.println(
                "handled " + body + " at receive " + message.getAttributes().get("ApproximateReceiveCount"));
        return true;
    }

    private static void hang() {
        try {
            var _ = new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
