package dev.berth.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The X-Ray trace that a message belongs to, as its header tells it: {@code Root=1-...;Parent=...;Sampled=1}. It is
 * passed on with everything that the message leads to.
 */
public record TraceHeader(String value) {
    private static final int MAX_LENGTH = 256;
    private static final Pattern FORM = Pattern.compile("\\w+=[\\w.:-]+(;\\w+=[\\w.:-]+)*");

    public TraceHeader {
        if (!isOne(value)) {
            throw new IllegalArgumentException("must match " + FORM.pattern());
        }
    }

    /** Empty also if it is not of that form: a queue would not take it, and nothing depends on it. */
    public static Optional<TraceHeader> find(@Nullable String value) {
        return Optional.ofNullable(value).filter(TraceHeader::isOne).map(TraceHeader::new);
    }

    private static boolean isOne(String value) {
        return value.length() <= MAX_LENGTH && FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
