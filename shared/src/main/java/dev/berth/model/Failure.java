package dev.berth.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Why an operation failed.
 *
 * @param text for people, printable and at most 4 KiB; cut where it was longer
 */
public record Failure(ErrorCode code, String text) {
    private static final int MAX_BYTES = 4096;
    private static final String CUT = "...";

    public Failure {
        text = PlainText.printable(text);
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > MAX_BYTES) {
            // A character cut in half decodes to a replacement character of up to three bytes.
            text = new String(Arrays.copyOf(bytes, MAX_BYTES - 6), UTF_8) + CUT;
        }
    }

    public static Failure of(OperationFailed failed) {
        return new Failure(failed.code(), failed.text());
    }
}
