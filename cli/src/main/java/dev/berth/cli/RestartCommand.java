package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a game a new container of the image that it has. */
@Command(
        name = "restart",
        description = "Give a game a new container of the image that it has, at the same ports; the old one is put"
                + " back if the new one does not come up.")
final class RestartCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Mixin
    private final GraceOption grace = new GraceOption();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Override
    public Integer call() {
        ObjectNode fields = Json.object();
        grace.addTo(fields);
        return job.send(job.open(), OpKind.RESTART, game, fields);
    }
}
