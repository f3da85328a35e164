package dev.berth.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A named volume of the game, kept over restarts and cleanups.
 *
 * @param path where it is mounted, an absolute path in the container
 */
public record VolumeSpec(String name, String path) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Where no engine lets anything be mounted, and where what is mounted would hide the kernel's own. */
    private static final List<String> NOT_OURS = List.of("/proc", "/sys");

    public VolumeSpec {
        requireName(name);
        requirePath(path);
    }

    /**
     * The name, if a volume may have it.
     *
     * @throws IllegalArgumentException that says how it must look
     */
    public static String requireName(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("must match " + FORM.pattern());
        }
        return name;
    }

    /**
     * The path, if a volume may be mounted there.
     *
     * @throws IllegalArgumentException that says what it must be
     */
    public static String requirePath(String path) {
        return ContainerPath.requireOutside(NOT_OURS, ContainerPath.require(path));
    }
}
