package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** What gets into messages where nobody means anything by it. */
final class Noise {
    /** Values as JSON; not every one of them could be a node. */
    static final List<String> VALUES = List.of(
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
    private static final List<String> NO_OBJECTS = List.of(
            "", " ", "null", "7", "\"text\"", "[]", "[{}]", "true", "NaN", "\uFEFF{}", "<xml/>", "{]", "'{}'", "//");

    private Noise() {}

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

    /** Some bits turned over. What is no UTF-8 any more arrives as a queue would hand it on. */
    static String otherBytes(String message, Random random) {
        byte[] bytes = message.getBytes(UTF_8);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new String(bytes, UTF_8);
    }

    /** No JSON object. */
    static String text(Random random) {
        if (random.nextBoolean()) {
            return NO_OBJECTS.get(random.nextInt(NO_OBJECTS.size()));
        }
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return "!" + new String(bytes, UTF_8);
    }
}
