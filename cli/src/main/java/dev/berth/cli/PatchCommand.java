package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.ImageRef;
import dev.berth.model.OpKind;
import dev.berth.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a game a new container of another patch version of its image. */
@Command(
        name = "patch",
        description = "Give a game a new container of another patch version of its image, at the same ports; the old"
                + " one is put back if the new one does not come up.")
final class PatchCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Parameters(
            index = "1",
            paramLabel = "IMAGE",
            description = "Of the same repository, and of the same major and minor version.")
    @SuppressWarnings("NullAway.Init")
    private ImageRef image;

    @Mixin
    private final GraceOption grace = new GraceOption();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Override
    public Integer call() {
        ObjectNode fields = Json.object().put("image_ref", image.value());
        grace.addTo(fields);
        return job.send(job.open(), OpKind.PATCH, game, fields);
    }
}
