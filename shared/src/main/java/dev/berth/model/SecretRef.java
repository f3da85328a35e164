package dev.berth.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret that stands for its value: {@code {{secret:NAME}}}, or {@code {{secret:NAME#KEY}}} for one field of it.
 *
 * @param name as AWS Secrets Manager names secrets
 * @param key a field of the JSON object that the secret is; all of the secret where absent
 */
public record SecretRef(String name, Optional<String> key) {
    private static final String BEGIN = "{{secret:";
    private static final String WORD = "[A-Za-z0-9/_+=.@-]{1,512}";
    private static final Pattern FORM = Pattern.compile("\\{\\{secret:(" + WORD + ")(?:#(" + WORD + "))?\\}\\}");

    /**
     * The secret that a value names; empty if the value is meant as it stands.
     *
     * @throws IllegalArgumentException if it begins like one and is none
     */
    public static Optional<SecretRef> of(String value) {
        if (!value.startsWith(BEGIN)) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(value);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be {{secret:NAME}} or {{secret:NAME#KEY}} as a whole,"
                    + " with 1 to 512 of A-Z a-z 0-9 / _ + = . @ - for each of the two");
        }
        return Optional.of(new SecretRef(parts.group(1), Optional.ofNullable(parts.group(2))));
    }
}
