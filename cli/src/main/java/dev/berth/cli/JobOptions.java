package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.OpKind;
import dev.berth.model.Outcome;
import dev.berth.wire.Json;
import dev.berth.wire.ResultJson;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands that send a job have in common: under which id, to which stack, and whether to follow it. */
final class JobOptions {
    @Option(
            names = "--job-id",
            paramLabel = "ID",
            description = "The idempotency key: the same job under the same id is done once. A new one where absent.")
    private Optional<JobId> id = Optional.empty();

    @Option(names = "--no-wait", description = "Only send the job.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "How long to follow the job (${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    Stack open() {
        return stack.open();
    }

    /** Sends the job, follows it, prints its result, and returns the exit code. */
    int send(Stack to, OpKind kind, GameId game, ObjectNode more) {
        JobMessage message = JobMessage.of(kind, game, id.orElseGet(JobMessage::newId), more);
        to.send(kind, message.body());
        if (noWait) {
            printSent(message);
            return ExitCode.DONE;
        }
        Optional<JobResult> result =
                new JobFollower(to.games(), output::progress).follow(message.job(), Duration.ofSeconds(timeoutSeconds));
        output.endProgress();
        return print(result.orElseThrow(() -> CommandFailed.failed("no result within " + timeoutSeconds
                + " s, but the job goes on: look with `berth ps " + game + "` and `berth trace "
                + message.job().request().op() + "`")));
    }

    private void printSent(JobMessage message) {
        if (output.json()) {
            output.line(Json.object()
                    .put("job_id", message.job().request().job().value())
                    .put("op_id", message.job().request().op().value())
                    .put("game_id", message.job().game().value()));
        } else {
            output.line("sent job " + message.job().request().job() + " ("
                    + message.job().request().op() + ")");
        }
    }

    private int print(JobResult result) {
        if (output.json()) {
            output.line(ResultJson.write(result));
        } else {
            new ResultText(output.style()).lines(result).forEach(output::line);
        }
        return result.outcome() == Outcome.SUCCESS ? ExitCode.DONE : ExitCode.FAILED;
    }
}
