package dev.berth.model;

import java.util.Arrays;
import java.util.List;

/**
 * Which images may be run, and when they are pulled.
 *
 * @param allowed repositories, such as {@code redis}, or all below a registry or a path, such as {@code
 *     registry.example:5000/*} or {@code games/*}; read as Docker reads references and kept in full, {@code
 *     docker.io/library/redis}. Everything is allowed where this is empty
 */
public record ImagePolicy(List<String> allowed, PullPolicy pull) {
    private static final String ALL_BELOW = "/*";

    /** With two parts below it no path is taken for one of Docker's official images. */
    private static final String SOMETHING_BELOW = "/a/a";

    public static final ImagePolicy OPEN = new ImagePolicy(List.of(), PullPolicy.IF_NOT_PRESENT);

    public ImagePolicy {
        allowed = allowed.stream().map(ImagePolicy::inFull).toList();
    }

    /**
     * The policy that two settings tell.
     *
     * @param allowed separated by commas; everything is allowed where this is blank
     * @param pull {@code if_not_present} where this is blank
     * @throws IllegalArgumentException that says what is wrong with which of the two
     */
    public static ImagePolicy parse(String allowed, String pull) {
        List<String> patterns = allowed.isBlank()
                ? List.of()
                : Arrays.stream(allowed.split(",", -1)).map(String::strip).toList();
        return new ImagePolicy(patterns, pull.isBlank() ? PullPolicy.IF_NOT_PRESENT : pullPolicy(pull.strip()));
    }

    private static PullPolicy pullPolicy(String wire) {
        try {
            return WireName.parse(PullPolicy.class, wire);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the pull policy \"" + wire + "\" " + e.getMessage(), e);
        }
    }

    public boolean allows(ImageRef ref) {
        String repository = ref.repository();
        return allowed.isEmpty() || allowed.stream().anyMatch(pattern -> matches(pattern, repository));
    }

    private static boolean matches(String pattern, String repository) {
        return pattern.endsWith(ALL_BELOW)
                ? repository.startsWith(pattern.substring(0, pattern.length() - 1))
                : repository.equals(pattern);
    }

    private static String inFull(String pattern) {
        if (!pattern.endsWith(ALL_BELOW)) {
            return repository(pattern, pattern);
        }
        String above = pattern.substring(0, pattern.length() - ALL_BELOW.length());
        String below = repository(above + SOMETHING_BELOW, pattern);
        return below.substring(0, below.length() - SOMETHING_BELOW.length()) + ALL_BELOW;
    }

    private static String repository(String reference, String pattern) {
        try {
            ImageRef ref = new ImageRef(reference);
            if (ref.value().equals(ref.name())) {
                return ref.repository();
            }
        } catch (IllegalArgumentException ofNoReference) {
            // Said below, in the words of patterns.
        }
        throw new IllegalArgumentException("\"" + pattern + "\" must be a repository without tag and digest,"
                + " or registry and path that end in /* for all below");
    }
}
