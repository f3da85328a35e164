package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.OpKind;
import dev.berth.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes the container of a stopped game. */
@Command(name = "cleanup", description = "Remove the container of a stopped game; its volumes stay.")
final class CleanupCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Option(names = "--purge-volumes", description = "Remove its volumes too, and what is in them.")
    private boolean purgeVolumes;

    @Mixin
    private final JobOptions job = new JobOptions();

    @Override
    public Integer call() {
        ObjectNode fields = Json.object();
        if (purgeVolumes) {
            fields.put("purge_volumes", true);
        }
        return job.send(job.open(), OpKind.CLEANUP_CONTAINER, game, fields);
    }
}
