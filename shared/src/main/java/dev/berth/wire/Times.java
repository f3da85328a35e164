package dev.berth.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants and durations as text: instants are written as ISO-8601 in UTC with milliseconds. */
public final class Times {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Duration MAX_DURATION = Duration.ofDays(366);

    private Times() {}

    public static String write(Instant instant) {
        return MILLIS.format(instant);
    }

    /** Reads an ISO-8601 instant, in UTC or with an offset; cut to milliseconds, as it will be written. */
    public static Instant instant(String text) {
        try {
            return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("must be an ISO-8601 instant such as 2026-01-31T12:00:00Z", e);
        }
    }

    /** Reads an ISO-8601 duration or a short one such as 90s, 30m, 24h; more than zero, at most 366 days. */
    public static Duration duration(String text) {
        Duration duration = parseDuration(text);
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("must be more than zero and at most 366 days");
        }
        return duration;
    }

    private static Duration parseDuration(String text) {
        Matcher parts = SHORT.matcher(text);
        if (parts.matches()) {
            long amount = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("must be an ISO-8601 duration, or one such as 90s, 30m, 24h", e);
        }
    }
}
