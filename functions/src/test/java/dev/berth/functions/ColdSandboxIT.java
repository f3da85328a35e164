package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.lambda.Sandbox;
import dev.berth.model.GameId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sandboxes begin with the classes that another one has loaded before them. */
@ExtendWith(LocalBerth.Provided.class)
class ColdSandboxIT {
    private final LocalBerth berth;

    ColdSandboxIT(LocalBerth berth) {
        this.berth = berth;
    }

    @Test
    void beginsWithTheCacheOfAnEarlierOne() throws IOException {
        GameId game = LocalBerth.newGame();
        berth.deliver("StopFunction", Arena.stopMessage(game, game + "-stop"), 1);

        List<Sandbox> sandboxes = berth.aws.function("StopFunction").sandboxes();

        assertThat(sandboxes)
                .isNotEmpty()
                .allSatisfy(sandbox -> assertThat(mapped(sandbox)).anyMatch(file -> file.endsWith(".aot")));
    }

    /** The files that its JVM has in its memory: one that it cannot use it has not. */
    private static List<String> mapped(Sandbox sandbox) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(sandbox.pid()), "maps"))) {
            return lines.toList();
        }
    }
}
