package dev.berth.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The rule for paths inside a container: absolute, normal, of sane length. */
public final class ContainerPath {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_PART_BYTES = 255;

    private ContainerPath() {}

    /**
     * The path, if it is one below the root and the only way to write it.
     *
     * @throws IllegalArgumentException that says what it must be
     */
    static String require(String path) {
        if (!path.startsWith("/") || path.length() > MAX_LENGTH || path.indexOf('\0') >= 0 || path.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "must be an absolute path of at most " + MAX_LENGTH + " characters, none of them a colon");
        }
        List<String> parts = List.of(path.substring(1).split("/", -1));
        if (parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw new IllegalArgumentException("must be a path without . and .. and empty parts, and not the root");
        }
        if (parts.stream().anyMatch(part -> part.getBytes(UTF_8).length > MAX_PART_BYTES)) {
            throw new IllegalArgumentException("must have parts of at most " + MAX_PART_BYTES + " bytes");
        }
        return path;
    }

    /** The path, if it is in none of the folders, which are the engine's own. */
    static String requireOutside(List<String> folders, String path) {
        folders.stream().filter(folder -> isWithin(path, folder)).forEach(folder -> {
            throw new IllegalArgumentException("must not be in " + folder + ", which is the engine's");
        });
        return path;
    }

    /** Whether the path is the other one, or lies below it. */
    public static boolean isWithin(String path, String other) {
        return path.equals(other) || path.startsWith(other + "/");
    }
}
