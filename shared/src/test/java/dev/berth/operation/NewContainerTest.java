package dev.berth.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewContainerTest {
    private static final String CAUSE = " the world file is missing";

    /** Letters of one to four bytes, and a character that is shown as another one of three. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "ж", "界", "😀", "\u001b"})
    void tellsTheEndOfWhatAContainerPrintedWhereTheCauseStands(String letter) {
        String end = NewContainer.end(letter.repeat(10_000) + CAUSE);

        String text = new Failure(ErrorCode.CONTAINER_START_FAILED, "it ended: " + end).text();
        assertThat(text).startsWith("it ended: ...").endsWith(CAUSE);
        assertThat(end.getBytes(UTF_8)).hasSizeBetween(Limits.LAST_LOG_BYTES, Limits.LAST_LOG_BYTES + "...".length());
        assertThat(text.substring("it ended: ...".length(), text.length() - CAUSE.length()))
                .matches("(" + (letter.equals("\u001b") ? "\ufffd" : letter) + ")+");
    }

    @Test
    void tellsAllOfWhatIsShort() {
        assertThat(NewContainer.end("short")).isEqualTo("short");
        assertThat(NewContainer.end("x".repeat(Limits.LAST_LOG_BYTES))).doesNotContain("...");
    }
}
