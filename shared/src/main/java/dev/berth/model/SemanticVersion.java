package dev.berth.model;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as a tag tells it: {@code [v]MAJOR.MINOR.PATCH[-prerelease]}. A tag cannot hold build metadata.
 *
 * @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>
 */
public record SemanticVersion(BigInteger major, BigInteger minor, BigInteger patch, Optional<String> prerelease) {
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern FORM = Pattern.compile(
            "v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?");

    /** The version that the tag tells; empty if it is of another form. */
    public static Optional<SemanticVersion> of(String tag) {
        Matcher parts = FORM.matcher(tag);
        return parts.matches()
                ? Optional.of(new SemanticVersion(
                        new BigInteger(parts.group(1)),
                        new BigInteger(parts.group(2)),
                        new BigInteger(parts.group(3)),
                        Optional.ofNullable(parts.group(4))))
                : Optional.empty();
    }

    /** Whether the two differ in nothing but patch and prerelease. */
    public boolean isOfSameMinor(SemanticVersion other) {
        return major.equals(other.major) && minor.equals(other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch
                + prerelease.map(name -> "-" + name).orElse("");
    }
}
