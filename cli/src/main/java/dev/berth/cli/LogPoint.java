package dev.berth.cli;

import dev.berth.wire.Times;
import java.time.Instant;

/** Where in a log somebody wants to look: after an entry, or at a time. */
sealed interface LogPoint {
    record Entry(long seq) implements LogPoint {}

    record Time(Instant at) implements LogPoint {}

    /** Reads an entry's number, or a time as {@link #time} does. */
    static LogPoint parse(String text, Instant now) {
        if (!text.matches("[0-9]{1,18}")) {
            return new Time(time(text, now));
        }
        return new Entry(Long.parseLong(text));
    }

    /** Reads an instant, or how long ago it was, such as 24h. */
    static Instant time(String text, Instant now) {
        if (text.matches("[0-9]{4}-.*")) {
            return Times.instant(text);
        }
        try {
            return now.minus(Times.duration(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be an instant such as 2026-01-31T12:00:00Z, or how long ago, such as 90s, 30m, 24h", e);
        }
    }
}
