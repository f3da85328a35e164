package dev.berth.model;

import java.util.Arrays;

/** The rule for paths inside a container: absolute, normal, of sane length. */
final class ContainerPath {
    private static final int MAX_LENGTH = 1024;

    private ContainerPath() {}

    static void require(String path) {
        if (!path.startsWith("/") || path.length() > MAX_LENGTH || path.indexOf('\0') >= 0 || path.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "must have an absolute path of at most " + MAX_LENGTH + " characters, none of them a colon");
        }
        boolean escapes = Arrays.stream(path.split("/", -1)).anyMatch(part -> part.equals("..") || part.equals("."));
        if (path.equals("/") || escapes) {
            throw new IllegalArgumentException("must have a path without . and .. that is not the root");
        }
    }
}
