package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.port.Game;
import dev.berth.wire.Json;
import dev.berth.wire.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Notes that a game is in use. */
@Command(name = "touch", description = "Note that a game is in use, so that it is not stopped for being idle.")
final class TouchCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Stack opened = stack.open();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (!opened.games().touch(game, now)) {
            throw CommandFailed.failed("game " + game + " does not run: look with `berth ps " + game + "`");
        }
        Optional<Instant> due = opened.games().find(game).flatMap(Game::dueAt);
        if (output.json()) {
            ObjectNode json = Json.object().put("game_id", game.value()).put("last_touched_at", Times.write(now));
            due.ifPresent(at -> json.put("due_at", Times.write(at)));
            output.line(json);
        } else {
            output.line("game " + game + " is in use"
                    + due.map(at -> "; if it stays idle, its stop is due at " + Times.write(at))
                            .orElse(""));
        }
        return ExitCode.DONE;
    }
}
