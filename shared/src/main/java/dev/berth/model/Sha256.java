package dev.berth.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex: the hash of every id, claim and log entry. */
public final class Sha256 {
    private Sha256() {}

    /** The hash of the text's UTF-8 bytes, 64 hex characters. */
    public static String hex(String text) {
        return hex(text.getBytes(UTF_8));
    }

    /** The hash of the bytes, 64 hex characters. */
    public static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
