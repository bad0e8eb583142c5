package io.tollgate.api.text;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;

/** The segments of keys that the stars of a pattern stand for. Patterns and keys are valid. */
public final class PatternSegments {
    private static final String ANY = "*";
    private static final int NONE = -1;

    private PatternSegments() {}

    /** The segments of a key that a pattern has stars for; empty if the key does not fit. */
    public static Optional<String> code(final String pattern, final String key) {
        final String[] wanted = pattern.split("\\.");
        final int last = wanted.length - 1;
        return code(wanted, key.split("\\."), wanted[last].equals(ANY) ? last : NONE);
    }

    /** The pattern with segments in the places of its stars; the last one takes all that are left. */
    public static String key(final String pattern, final String code) {
        String rest = code;
        String filled = pattern;
        while (filled.indexOf('*') != filled.lastIndexOf('*')) {
            final int dot = rest.indexOf('.');
            filled = filled.replaceFirst("\\*", Matcher.quoteReplacement(dot < 0 ? rest : rest.substring(0, dot)));
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
        return filled.replace(ANY, rest);
    }

    /** The segments with which {@link #key} makes a key of the pattern; empty if there are none. */
    public static Optional<String> codeLeadingTo(final String pattern, final String key) {
        final String[] wanted = pattern.split("\\.");
        final int open = List.of(wanted).lastIndexOf(ANY);
        return open == NONE ? Optional.empty() : code(wanted, key.split("\\."), open);
    }

    /** A star stands for one segment, but for the open one, which may stand for several. */
    private static Optional<String> code(final String[] wanted, final String[] found, final int open) {
        final int rest = found.length - wanted.length;
        if (rest < 0 || rest > 0 && open == NONE) {
            return Optional.empty();
        }
        final StringJoiner code = new StringJoiner(".");
        for (int i = 0; i < found.length; i++) {
            final int place = i <= open ? i : Math.max(open, i - rest);
            if (wanted[place].equals(ANY)) {
                code.add(found[i]);
            } else if (!wanted[place].equals(found[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(code.toString());
    }
}
