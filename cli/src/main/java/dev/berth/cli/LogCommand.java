package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Failure;
import dev.berth.model.GameId;
import dev.berth.model.OperationEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.port.OperationLog.Stored;
import dev.berth.wire.EntryJson;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a game's operation log, and verifies it. */
@Command(name = "log", description = "Show a game's operation log, oldest entry first.")
final class LogCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Option(
            names = "--verify",
            description = "Recompute every hash and follow the chain to the head; fails at the first bad entry.")
    private boolean verify;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        LogReader reader = new LogReader(stack.open());
        if (verify) {
            LogVerification verification = reader.verify(game);
            // What cannot be trusted, and perhaps not even read, is not shown.
            if (verification.holds()) {
                print(reader.read(game));
            }
            print(verification);
            return verification.holds() ? ExitCode.DONE : ExitCode.FAILED;
        }
        print(reader.read(game));
        return ExitCode.DONE;
    }

    private void print(List<Stored> entries) {
        if (output.json()) {
            entries.forEach(stored -> {
                ObjectNode entry = EntryJson.write(stored.entry());
                output.line(entry.put("hash", stored.hash()));
            });
            return;
        }
        TextTable table = new TextTable(
                "SEQ", "OPERATION", "OP", "SOURCE", "OUTCOME", "EFFECT", "BECAME", "STARTED", "MS", "HASH", "ERROR");
        entries.forEach(stored -> row(table, stored));
        table.lines().forEach(output::line);
    }

    private static void row(TextTable table, Stored stored) {
        OperationEntry entry = stored.entry();
        table.row(
                Long.toString(entry.seq()),
                entry.kind().wire(),
                entry.op().value(),
                entry.source().wire(),
                entry.outcome().wire(),
                entry.effect().wire(),
                entry.change().map(LogCommand::became).orElse("-"),
                Times.write(entry.startedAt()),
                Long.toString(
                        Duration.between(entry.startedAt(), entry.finishedAt()).toMillis()),
                ResultText.shortId(stored.hash()),
                entry.failure().map(LogCommand::error).orElse("-"));
    }

    private static String became(RuntimeRecord record) {
        return new RecordText(record).status()
                + record.host().map(host -> " on " + host).orElse("");
    }

    private static String error(Failure failure) {
        return failure.code().wire() + ": " + failure.text().lines().findFirst().orElse("");
    }

    private void print(LogVerification verification) {
        if (output.json()) {
            ObjectNode json = Json.object()
                    .put("game_id", game.value())
                    .put("verified", verification.holds())
                    .put("entries", verification.entries());
            verification
                    .problem()
                    .ifPresent(problem -> json.put("bad_seq", problem.seq()).put("problem", problem.text()));
            output.line(json);
            return;
        }
        output.line(verification
                .problem()
                .map(problem -> output.style().bad("broken") + ": entry " + problem.seq() + " " + problem.text())
                .orElseGet(() -> output.style().good("verified") + ": " + verification.entries()
                        + " entries, hashes and chain up to the head"));
    }
}
