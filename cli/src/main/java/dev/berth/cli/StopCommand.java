package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.model.StopReason;
import dev.berth.wire.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a game's container. */
@Command(name = "stop", description = "Stop a game's container; it is kept until cleanup.")
final class StopCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "admin_request (where absent), finished, cancelled, idle, timeout or drain.")
    private Optional<StopReason> reason = Optional.empty();

    @Mixin
    private final GraceOption grace = new GraceOption();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Override
    public Integer call() {
        ObjectNode fields = Json.object();
        reason.ifPresent(why -> fields.put("reason", why.wire()));
        grace.addTo(fields);
        return job.send(job.open(), OpKind.STOP, game, fields);
    }
}
