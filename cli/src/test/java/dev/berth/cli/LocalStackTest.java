package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ImagePolicy;
import dev.berth.model.PullPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class LocalStackTest {
    private final LocalStack.Plan plan = new LocalStack.Plan(
            "berth",
            Path.of("/home"),
            Path.of("/folder"),
            OptionalInt.empty(),
            1,
            List.of(),
            new ImagePolicy(List.of("registry.example/games/*", "registry.example/lobby"), PullPolicy.ALWAYS));

    @Test
    void tellsTheFunctionsWhichImagesMayBeRunAndWhereItsSecretsAre() {
        assertThat(plan.environment())
                .containsEntry("BERTH_ALLOWED_IMAGES", "registry.example/games/*,registry.example/lobby")
                .containsEntry("BERTH_PULL_POLICY", "always")
                .containsEntry("BERTH_SECRETS_FILE", "/folder/secrets.json")
                .containsEntry("BERTH_REGISTRIES_SECRET", "registries");
    }

    @Test
    void tellsTheFunctionsOnlyWhatTheyRead() throws IOException {
        String wiring = Files.readString(Path.of("..", "functions/src/main/java/dev/berth/functions/Wiring.java"));

        assertThat(plan.environment().keySet())
                .allSatisfy(name -> assertThat(wiring).contains('"' + name + '"'));
    }
}
