package dev.berth.model;

import java.util.regex.Pattern;

/** The key of a game: a match, a world, a preview environment, a sandbox. */
public record GameId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public GameId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must match " + FORM.pattern());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
