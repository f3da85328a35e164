package dev.berth.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Docker image reference as it was written: {@code [registry/]repository[:tag][@digest]}. What an engine would take for
 * the id of an image is none, because it would be some other repository's.
 *
 * @see <a href="https://github.com/distribution/reference">the grammar of references</a>
 */
public record ImageRef(String value) {
    private static final String DOMAIN_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String DOMAIN =
            "(?:" + DOMAIN_PART + "(?:\\." + DOMAIN_PART + ")*|\\[[a-fA-F0-9]*:[a-fA-F0-9:]*\\])(?::[0-9]+)?";
    private static final String PATH_PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile(
            "(?<name>(?:" + DOMAIN + "/)?" + PATH_PART + "(?:/" + PATH_PART
                    + ")*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}))?");
    private static final Pattern IMAGE_ID =
            Pattern.compile("(?:sha256:)?[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}");
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_NAME = 255;
    private static final String HUB = "docker.io/";
    private static final String OFFICIAL = HUB + "library/";

    public ImageRef {
        Matcher parts = FORM.matcher(value);
        if (value.length() > MAX_LENGTH || !parts.matches() || parts.end("name") > MAX_NAME) {
            throw new IllegalArgumentException(
                    "must be a Docker image reference, [registry/]repository[:tag][@digest]");
        }
        if (IMAGE_ID.matcher(value).matches()) {
            throw new IllegalArgumentException("must name a repository, not an image by its id");
        }
    }

    private Optional<String> part(String group) {
        Matcher parts = FORM.matcher(value);
        return parts.matches() ? Optional.ofNullable(parts.group(group)) : Optional.empty();
    }

    /** The reference without tag and digest, as it was written. */
    public String name() {
        return part("name").orElseThrow();
    }

    /** Registry and path in full: {@code docker.io/library/redis} for {@code redis}. */
    public String repository() {
        String name = name();
        int slash = name.indexOf('/');
        if (slash < 0) {
            return OFFICIAL + name;
        }
        // Docker's rule: the first part is a registry only if it could not be a user's name.
        String first = name.substring(0, slash);
        boolean registry = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        if (!registry) {
            return HUB + name;
        }
        String path = name.substring(slash + 1);
        if (!first.equals("docker.io") && !first.equals("index.docker.io")) {
            return name;
        }
        return (path.contains("/") ? HUB : OFFICIAL) + path;
    }

    /** The same with the tag {@code latest} where neither tag nor digest is written: never the beginning of an id. */
    public String exact() {
        return tag().isEmpty() && digest().isEmpty() ? value + ":latest" : value;
    }

    /** The tag, if one was written. */
    public Optional<String> tag() {
        return part("tag");
    }

    /** The digest, {@code sha256:...}, if one was written. */
    public Optional<String> digest() {
        return part("digest");
    }

    /** The version that the tag tells, if it tells one. */
    public Optional<SemanticVersion> version() {
        return tag().flatMap(SemanticVersion::of);
    }

    @Override
    public String toString() {
        return value;
    }
}
