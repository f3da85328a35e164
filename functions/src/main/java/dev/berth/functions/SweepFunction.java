package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Looks for what is to be done by itself, on a schedule. It takes the event as it comes: as an object of a class, one
 * of EventBridge's two forms would be refused by Lambda's own runtime.
 */
public final class SweepFunction implements RequestStreamHandler {
    private final ScheduledSweep sweep = Wiring.fromEnvironment().sweep();

    @Override
    public void handleRequest(InputStream event, OutputStream report, Context lambda) throws IOException {
        String counts = sweep.handle(new String(event.readAllBytes(), UTF_8), lambda);
        report.write(counts.getBytes(UTF_8));
    }
}
