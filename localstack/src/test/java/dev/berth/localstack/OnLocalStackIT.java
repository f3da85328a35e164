package dev.berth.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told of an image that cannot be had; the engine is the one that LocalStack runs on meanwhile. */
@Tag("aws")
final class OnLocalStackIT {
    private static final String NOWHERE = "127.0.0.1:1/none:1";

    private final TestEngine engine = new TestEngine(Optional.empty());

    @Test
    void tellsWhichImageCannotBePulledAndWhy() {
        var image = new LocalStackImage(NOWHERE, Optional.empty());

        assertThatExceptionOfType(NotHere.class)
                .isThrownBy(() -> image.ensure(engine))
                .satisfies(e -> assertThat(e.reason())
                        .startsWith("The image " + NOWHERE + " is not here and cannot be pulled: ")
                        .contains("connection refused")
                        .doesNotContain("\n"));
    }

    @Test
    void tellsHowAnImageIsMadeOfAnArchiveInAnEngineThatIsNotOurs() {
        var image = new LocalStackImage(NOWHERE, Optional.of(Path.of("none.tar")));

        assertThatExceptionOfType(NotHere.class)
                .isThrownBy(() -> image.ensure(engine))
                .satisfies(e -> assertThat(e.reason()).contains("`docker import none.tar " + NOWHERE + "`"));
    }
}
