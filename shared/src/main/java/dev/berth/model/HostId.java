package dev.berth.model;

import java.util.regex.Pattern;

/** The key of a host: a Docker engine reached over mutual TLS. */
public record HostId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    public HostId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must match " + FORM.pattern());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
