package dev.berth.contract;

import dev.berth.port.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A DynamoDB whose queries take longer than everything else, and what has not come to its end there. */
final class UnderWay implements ExecutionInterceptor {
    private static final Duration SLOW = Duration.ofMillis(500);

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    int begun() {
        return begun.get();
    }

    int ended() {
        return ended.get();
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        begun.incrementAndGet();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (context.request() instanceof QueryRequest) {
            Clock.system().pause(SLOW);
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        ended.incrementAndGet();
    }
}
