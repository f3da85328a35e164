package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.ledger.Ledger;
import dev.berth.model.JobId;
import dev.berth.model.JobResult;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OpId;
import dev.berth.port.Commit.FinishedJob;
import dev.berth.wire.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the whole story of one job. */
@Command(
        name = "trace",
        description =
                "Show one job's whole story in order of time: its deliveries, steps with their calls to Docker, what"
                        + " else was logged about it, its entries in the operation log, and its result.")
final class TraceCommand implements Callable<Integer> {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int MOST_ENTRIES = 1_000;

    @Parameters(index = "0", paramLabel = "ID", description = "An op id, or a job id.")
    @SuppressWarnings("NullAway.Init")
    private TracedJob traced;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "What was logged then or later: an instant, or how long ago (24h where absent).")
    private Optional<Instant> since = Optional.empty();

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Stack opened = stack.open();
        Instant from = since.orElseGet(() -> Instant.now().minus(DAY));
        JobTrace trace = trace(opened, from);
        opened.logs()
                .ifPresentOrElse(_ -> tellIfCut(trace), () -> print(new InsightsQuery(opened.name(), traced.op())));
        if (trace.isEmpty()) {
            throw CommandFailed.failed("nothing is known of " + traced.op()
                    + traced.job().map(job -> " (job " + job + ")").orElse("") + " since " + Times.write(from)
                    + ": --since looks further back, and `berth log GAME --op " + traced.op() + "` into the archive");
        }
        print(trace);
        return ExitCode.DONE;
    }

    private JobTrace trace(Stack opened, Instant from) {
        OpId op = traced.op();
        List<FunctionLogs.Line> lines =
                opened.logs().map(logs -> logs.about(op, from)).orElse(List.of());
        Ledger ledger = opened.ledger();
        List<LoggedEntry> entries = opened.log().ofOperation(op, MOST_ENTRIES).stream()
                .flatMap(key -> ledger.entry(key.game(), key.seq()).stream())
                .toList();
        Optional<JobId> job = traced.job().or(() -> JobTrace.job(lines, entries));
        Optional<JobResult> result =
                job.flatMap(id -> opened.games().finished(id.value())).map(FinishedJob::result);
        return new JobTrace(op, lines, entries, result);
    }

    private void tellIfCut(JobTrace trace) {
        if (trace.lines().size() >= FunctionLogs.MOST_LINES) {
            output.note("only " + FunctionLogs.MOST_LINES + " lines of the logs are read");
        }
    }

    private void print(InsightsQuery query) {
        if (output.json()) {
            output.line(query.json());
        } else {
            query.lines().forEach(output::line);
        }
    }

    private void print(JobTrace trace) {
        if (output.json()) {
            trace.events().forEach(event -> output.line(traced(event)));
            return;
        }
        output.line(traced.op() + ":");
        trace.events().forEach(event -> {
            output.line(String.format("%s  %-9s  %s", Times.write(event.at()), event.what(), event.text()));
            event.more().forEach(line -> output.line(output.style().faint(" ".repeat(37) + line)));
        });
    }

    private ObjectNode traced(TraceEvent event) {
        ObjectNode json = event.json();
        return json.has("op_id") ? json : json.put("op_id", traced.op().value());
    }
}
