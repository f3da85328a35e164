package dev.berth.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class FailureTest {
    @Test
    void keepsWhatPeopleCanRead() {
        String text = "exit 1:\n\tpanic: \"größer\" als 😀\r\n";

        assertThat(textOf(text)).isEqualTo(text);
        assertThat(textOf("")).isEmpty();
        assertThat(textOf("a".repeat(4096))).isEqualTo("a".repeat(4096));
    }

    @Test
    void replacesWhatNoQueueCarriesAndWhatATerminalObeys() {
        assertThat(textOf("a\u0000b\uD800c\uDC00d\uFFFEe\uFFFFf\u001B[2Jg\u009Bh"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFD[2Jg\uFFFDh");
    }

    @Test
    void cutsToFourKibibytesOfUtf8BetweenCharacters() {
        Random random = new Random(4);
        String alphabet = "aä€😀";
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(4_000, 0, 4)
                    .forEach(each -> text.appendCodePoint(alphabet.codePoints().toArray()[each]));
            String cut = textOf(text.toString());

            assertThat(cut.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(4096);
            assertThat(cut).endsWith("...");
            assertThat(new Failure(ErrorCode.INTERNAL, cut).text()).isEqualTo(cut);
        }
    }

    @Test
    void endsWithTheOpIdHoweverLongItIsAndHoweverOftenItIsPutThere() {
        OpId op = new OpId("op-0123456789ab");
        String id = " (op-0123456789ab)";
        Failure told = new Failure(ErrorCode.INTERNAL, "it broke").with(op);

        assertThat(told.text()).isEqualTo("it broke" + id);
        assertThat(told.with(op)).isEqualTo(told);
        assertThat(told.textWithout(op)).isEqualTo("it broke");
        for (int length = 4_070; length <= 4_100; length++) {
            Failure longer = new Failure(ErrorCode.INTERNAL, "a".repeat(length) + "ä").with(op);
            assertThat(longer.text().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(4096);
            assertThat(longer.text()).startsWith("a".repeat(4_060)).endsWith(id);
            assertThat(longer.with(op)).isEqualTo(longer);
        }
    }

    @Test
    void takesCodeAndTextOfWhatWasThrown() {
        OperationFailed failed = new OperationFailed(ErrorCode.TLS_FAILED, "expired");

        assertThat(Failure.of(failed)).isEqualTo(new Failure(ErrorCode.TLS_FAILED, "expired"));
        assertThat(failed.code()).isEqualTo(ErrorCode.TLS_FAILED);
    }

    private static String textOf(String text) {
        return new Failure(ErrorCode.INTERNAL, text).text();
    }
}
