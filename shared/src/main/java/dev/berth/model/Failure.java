package dev.berth.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Why an operation failed.
 *
 * @param text for people, printable and at most 4 KiB; cut where it was longer
 */
public record Failure(ErrorCode code, String text) {
    static final int MAX_BYTES = 4096;
    private static final String CUT = "...";

    public Failure {
        text = cut(PlainText.printable(text), MAX_BYTES);
    }

    public static Failure of(OperationFailed failed) {
        return new Failure(failed.code(), failed.text());
    }

    /** The same with the op id behind the text, as it stands in entries and results. */
    public Failure with(OpId op) {
        return new Failure(code, cut(textWithout(op), MAX_BYTES - behind(op).length()) + behind(op));
    }

    /** The text as it was before the op id was put behind it. */
    public String textWithout(OpId op) {
        return text.endsWith(behind(op))
                ? text.substring(0, text.length() - behind(op).length())
                : text;
    }

    private static String behind(OpId op) {
        return " (" + op + ")";
    }

    private static String cut(String text, int most) {
        byte[] bytes = text.getBytes(UTF_8);
        // A character cut in half decodes to a replacement character of up to three bytes.
        return bytes.length > most ? new String(Arrays.copyOf(bytes, most - 6), UTF_8) + CUT : text;
    }
}
