package dev.berth.model;

import java.util.regex.Pattern;

/** The idempotency key of a job: its own id, or the id of the message that carried it. */
public record JobId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    public JobId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
