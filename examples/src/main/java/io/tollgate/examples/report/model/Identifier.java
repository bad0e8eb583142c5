package io.tollgate.examples.report.model;

import java.util.regex.Pattern;

/** The rule for names that become file names and anchors. */
final class Identifier {
    private static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private Identifier() {}

    static String check(final String id) {
        if (!PATTERN.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id=" + id + ", expected a letter a-z, then at most 63 letters a-z, digits and hyphens");
        }
        return id;
    }
}
