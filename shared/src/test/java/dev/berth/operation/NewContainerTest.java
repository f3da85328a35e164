package dev.berth.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import org.junit.jupiter.api.Test;

class NewContainerTest {
    @Test
    void tellsTheEndOfWhatAContainerPrintedWhereTheCauseStands() {
        String words = "x".repeat(10_000) + " the world file is missing";

        String text = "it ended: " + NewContainer.end(words);

        assertThat(new Failure(ErrorCode.CONTAINER_START_FAILED, text).text())
                .startsWith("it ended: ...x")
                .endsWith(" the world file is missing");
        assertThat(NewContainer.end("short")).isEqualTo("short");
    }
}
