package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ErrorCode;
import dev.berth.model.Failure;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import dev.berth.model.PlainText;
import dev.berth.model.StartJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Mutated messages are valid jobs or refused; nothing else is ever thrown, and none takes long. */
final class JobJsonFuzzTest {
    private static final int MESSAGES = 30_000;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0",
            "-1",
            "1e400",
            "1e-400",
            "1e999999999",
            "100e2147483647",
            "1e99999999999",
            "0.5",
            "9223372036854775808",
            "\"\"",
            "\"\\ud83d\"",
            "\"\\u0000\"",
            "\"\uFFFF\"",
            "\"999999999999999999999999G\"",
            "\"PT9999999999H\"",
            "\"P-1D\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "[]",
            "[[]]",
            "{}",
            "{\"a\":{}}",
            "[{\"container\":1}]",
            "[{\"path\":\"/a\",\"content\":\"\"}]",
            "\"/proc/self/environ\"",
            "\"4755\"",
            "\"{{secret:\"");
    private static final String CHARACTERS = "{}[]\",:\\/0123456789eE+-.truefalsn \u0000\n\uD83D\uDE00\uFEFF\uFFFFäG";

    @ParameterizedTest
    @EnumSource(
            value = OpKind.class,
            mode = Mode.EXCLUDE,
            names = {"RECONCILE_ADOPT", "RECONCILE_DISPOSE"})
    void endsAsAJobOrAsAnInvalidRequest(OpKind kind) {
        Random random = new Random(kind.wire().length());
        List<String> marked = marked(Messages.of(kind));
        int jobs = 0;
        for (int i = 0; i < MESSAGES; i++) {
            String body =
                    random.nextBoolean() ? otherValue(marked, random) : otherCharacters(Messages.text(kind), random);
            long begin = System.nanoTime();
            jobs += isJob(kind, body) ? 1 : 0;
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new AssertionError("takes too long: " + body);
            }
        }
        // Mutation that leaves no message valid, or none invalid, would test nothing.
        assertThat(jobs).isBetween(MESSAGES / 100, MESSAGES * 9 / 10);
    }

    private static boolean isJob(OpKind kind, String body) {
        try {
            Job job = JobJson.read(kind, body, Messages.MESSAGE_ID, Instant.EPOCH);
            if (job instanceof StartJob start) {
                start.spec().filter(spec -> spec.hashCode() % 8 == 0).ifPresent(JobJsonFuzzTest::assertStays);
            }
            return true;
        } catch (OperationFailed refused) {
            JobJson.header(kind, body, Messages.MESSAGE_ID, Instant.EPOCH);
            if (refused.code() != ErrorCode.INVALID_REQUEST
                    || !PlainText.isCarried(Failure.of(refused).text())) {
                throw new AssertionError("is not refused as it should be: " + body, refused);
            }
            return false;
        } catch (RuntimeException | Error other) {
            throw new AssertionError(other + " for " + body, other);
        }
    }

    private static void assertStays(dev.berth.model.RuntimeSpec spec) {
        assertThat(SpecJson.read(Fields.of(Json.parse(Json.write(SpecJson.write(spec))))))
                .isEqualTo(spec);
    }

    /** The message with a mark in place of each of its values; not every value that is tried can be a node. */
    private static List<String> marked(ObjectNode message) {
        return Messages.everyValue(message).keySet().stream()
                .map(path ->
                        Json.write(Messages.with(message, path, Json.object().textNode("MARK"))))
                .toList();
    }

    private static String otherValue(List<String> marked, Random random) {
        String message = marked.get(random.nextInt(marked.size()));
        return message.replace("\"MARK\"", VALUES.get(random.nextInt(VALUES.size())));
    }

    static String otherCharacters(String message, Random random) {
        StringBuilder text = new StringBuilder(message);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, other);
                case 2 -> text.setCharAt(at, other);
                case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
            }
        }
        return text.toString();
    }
}
