package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Verifies the logs of all games and archives what is old, on a schedule: whatever the event says. It is the only one
 * that may take entries out of the log, and it may not write any.
 */
public final class ArchiveFunction implements RequestStreamHandler {
    private final ScheduledArchive archive = Wiring.fromEnvironment().archive();

    @Override
    public void handleRequest(InputStream event, OutputStream report, Context lambda) throws IOException {
        report.write(archive.handle(lambda).getBytes(UTF_8));
    }
}
