package dev.berth.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory or disk in bytes, written as a number with K, M or G (powers of 1024); a bare number is MiB. */
public record Size(long bytes) implements Comparable<Size> {
    /** The largest size that is accepted: 128G. */
    public static final Size MAX = new Size(128L << 30);

    private static final int MAX_DIGITS = 18;

    private static final Pattern FORM = Pattern.compile("0*([0-9]+)(\\.[0-9]{1,6})?([KMG]?)");

    public Size {
        if (bytes <= 0) {
            throw new IllegalArgumentException("must be more than zero");
        }
        if (bytes > 128L << 30) {
            throw new IllegalArgumentException("must be at most 128G");
        }
    }

    /**
     * Reads {@code 512K}, {@code 256m}, {@code 1.5G} or {@code 256} (MiB).
     *
     * @throws IllegalArgumentException if it is empty, negative, zero, not of that form or above 128G
     */
    public static Size parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("must not be negative");
        }
        Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("must be a number with K, M or G, or a bare number of MiB");
        }
        if (form.group(1).length() > MAX_DIGITS) {
            throw new IllegalArgumentException("must be at most 128G");
        }
        String number = form.group(1) + Objects.requireNonNullElse(form.group(2), "");
        BigDecimal bytes = new BigDecimal(number).multiply(BigDecimal.valueOf(unit(form.group(3))));
        if (bytes.compareTo(BigDecimal.valueOf(MAX.bytes)) > 0) {
            throw new IllegalArgumentException("must be at most 128G");
        }
        return new Size(bytes.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "K" -> 1L << 10;
            case "G" -> 1L << 30;
            default -> 1L << 20;
        };
    }

    /** A short form that {@link #parse} reads back to the same size. */
    @Override
    public String toString() {
        if (bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "G";
        }
        if (bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "M";
        }
        // Rounded up by less than a byte, which parse cuts off again.
        return BigDecimal.valueOf(bytes)
                        .divide(BigDecimal.valueOf(1L << 10), 6, RoundingMode.CEILING)
                        .stripTrailingZeros()
                        .toPlainString()
                + "K";
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes, other.bytes);
    }
}
