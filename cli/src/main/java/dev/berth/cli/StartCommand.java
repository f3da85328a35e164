package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GameId;
import dev.berth.model.ImageRef;
import dev.berth.model.OpKind;
import dev.berth.wire.Json;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an image for a game. */
@Command(name = "start", description = "Run an image for a game.")
final class StartCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init")
    private GameId game;

    @Parameters(index = "1", paramLabel = "IMAGE")
    @SuppressWarnings("NullAway.Init")
    private ImageRef image;

    @Option(
            names = "--spec",
            paramLabel = "FILE",
            description = "How to run it, as JSON; the game's last spec where absent, and the defaults for a new one.")
    private Optional<Path> spec = Optional.empty();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Override
    public Integer call() {
        ObjectNode fields = Json.object().put("image_ref", image.value());
        spec.ifPresent(file -> fields.set("spec", SpecFile.read(file)));
        return job.send(job.open(), OpKind.START, game, fields);
    }
}
