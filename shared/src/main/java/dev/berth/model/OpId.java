package dev.berth.model;

import java.util.regex.Pattern;

/** The id of what one job sets in motion, the same in every log line, label, entry, error and result. */
public record OpId(String value) {
    private static final Pattern FORM = Pattern.compile("op-[0-9a-f]{12}");

    public OpId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must match " + FORM.pattern());
        }
    }

    /** Derived from the job id, so that a repeated delivery speaks under the same op id. */
    public static OpId of(JobId job) {
        return new OpId("op-" + Sha256.hex(job.value()).substring(0, 12));
    }

    @Override
    public String toString() {
        return value;
    }
}
