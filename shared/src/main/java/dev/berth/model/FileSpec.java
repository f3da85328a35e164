package dev.berth.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A file that is written into the container before it starts.
 *
 * @param path where it stands, an absolute path in the container
 * @param sha256 of its content, under which the content is kept
 * @param size of its content in bytes
 * @param mode its permissions, as chmod counts them: read, write and execute, and nothing else
 */
public record FileSpec(String path, String sha256, int size, int mode) {
    /** The most that a file may hold, in bytes, and that all files of a spec may hold together. */
    public static final int MAX_SIZE = 128 * 1024;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int ALL_PERMISSIONS = 0777;

    /** What the engine mounts over the image: a file there would be lost, or be none. */
    private static final List<String> NOT_OURS =
            List.of("/proc", "/sys", "/dev", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

    public FileSpec {
        requirePath(path);
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("must have a hash of 64 hex characters");
        }
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("must have at most " + MAX_SIZE + " bytes");
        }
        if (mode < 0 || mode > ALL_PERMISSIONS) {
            throw new IllegalArgumentException("must have a mode of 000 to 777");
        }
    }

    /**
     * The path, if a file may be written there.
     *
     * @throws IllegalArgumentException that says what it must be
     */
    public static String requirePath(String path) {
        return ContainerPath.requireOutside(NOT_OURS, ContainerPath.require(path));
    }
}
