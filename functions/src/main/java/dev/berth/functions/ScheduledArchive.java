package dev.berth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.berth.ledger.LedgerRound;
import dev.berth.model.Failure;
import dev.berth.model.JobId;
import dev.berth.model.OpId;
import dev.berth.model.OperationFailed;
import dev.berth.model.TraceHeader;
import dev.berth.port.Clock;
import dev.berth.port.Telemetry;
import dev.berth.port.Telemetry.Cause;
import dev.berth.port.Telemetry.Swept;
import dev.berth.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A round over the logs of all games, as a schedule asks for it. */
record ScheduledArchive(LedgerRound round, Telemetry log, Clock clock, Supplier<Optional<TraceHeader>> trace) {
    private static final String TASK = "archive";

    /**
     * Does what the time of the invocation suffices for.
     *
     * @return JSON: what it came to
     */
    String handle(Context lambda) {
        Instant began = clock.now();
        Cause cause = new Cause(OpId.of(new JobId(TASK + "." + lambda.getAwsRequestId())), trace.get());
        try {
            LedgerRound.Report report = round.run(cause, JobBatch.endOf(lambda, clock));
            tell(cause, Optional.empty(), began);
            return Json.write(Json.object()
                    .put("games", report.games())
                    .put("failed", report.failed())
                    .put("entries", report.entries())
                    .put("archived", report.archived())
                    .put("complete", report.complete()));
        } catch (OperationFailed failed) {
            tell(cause, Optional.of(Failure.of(failed)), began);
            throw failed;
        }
    }

    private void tell(Cause cause, Optional<Failure> failure, Instant began) {
        log.tell(new Swept(cause, TASK, failure, Map.of(), Duration.between(began, clock.now())));
    }
}
