package dev.berth.model;

import java.util.regex.Pattern;

/**
 * A named volume of the game, kept over restarts and cleanups.
 *
 * @param path where it is mounted, an absolute path in the container
 */
public record VolumeSpec(String name, String path) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public VolumeSpec {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("must have a name that matches " + FORM.pattern());
        }
        ContainerPath.require(path);
    }
}
