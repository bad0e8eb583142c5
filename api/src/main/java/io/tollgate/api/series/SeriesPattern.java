package io.tollgate.api.series;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;

/**
 * Matches series keys with patterns. A pattern is a {@linkplain SeriesKey key} in which segments may be {@code *}. As
 * the last segment, {@code *} matches one or more segments; elsewhere it matches exactly one.
 *
 * <pre>{@code
 * SeriesPattern.fits("tariff.*.CN", "tariff.US.CN"); // true
 * SeriesPattern.fits("tariff.US.*", "tariff.US.CN.85411000"); // true
 * SeriesPattern.fits("*", "tariff.US.CN"); // true: matches every key
 * SeriesPattern.fits("tariff.US", "tariff.US.CN"); // false: without a star
 * }</pre>
 */
public final class SeriesPattern {
    /** The segment that matches any segment. */
    public static final String ANY = "*";

    private static final int NONE = -1;

    private SeriesPattern() {}

    /**
     * Checks a pattern.
     *
     * @param pattern pattern to check.
     * @return the same pattern.
     * @throws IllegalArgumentException if the pattern breaks a rule of keys, or a {@code *} is not a whole segment; the
     *                                  message names the rule.
     */
    public static String validate(final String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return SeriesKey.validate("pattern", pattern, true);
    }

    /**
     * Returns true if a pattern matches a key.
     *
     * @param pattern a valid pattern.
     * @param key     a valid key.
     * @return true for a match.
     */
    public static boolean fits(final String pattern, final String key) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(pattern, "pattern");
        return standingFor(pattern, key).isPresent();
    }

    /**
     * Returns the segments of a key that the stars of a pattern match.
     *
     * @param pattern a valid pattern.
     * @param key     a valid key.
     * @return the segments joined by dots; empty if the key does not match.
     */
    public static Optional<String> standingFor(final String pattern, final String key) {
        Objects.requireNonNull(key, "key");
        final String[] wanted = Objects.requireNonNull(pattern, "pattern").split("\\.");
        final int last = wanted.length - 1;
        return code(wanted, key.split("\\."), wanted[last].equals(ANY) ? last : NONE);
    }

    /**
     * Replaces the stars of a pattern with segments. The last star takes all remaining segments.
     *
     * @param pattern a valid pattern.
     * @param code    the segments, joined by dots.
     * @return the pattern without stars.
     */
    public static String filled(final String pattern, final String code) {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(code, "code");
        String rest = code;
        String filled = pattern;
        while (filled.indexOf('*') != filled.lastIndexOf('*')) {
            final int dot = rest.indexOf('.');
            filled = filled.replaceFirst("\\*", Matcher.quoteReplacement(dot < 0 ? rest : rest.substring(0, dot)));
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
        return filled.replace(ANY, rest);
    }

    /**
     * Returns the segments with which {@link #filled} turns a pattern into a key.
     *
     * @param pattern a valid pattern.
     * @param key     a valid key.
     * @return the segments joined by dots; empty if no segments give the key.
     */
    public static Optional<String> filling(final String pattern, final String key) {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(key, "key");
        final String[] wanted = pattern.split("\\.");
        final int open = List.of(wanted).lastIndexOf(ANY);
        return open == NONE ? Optional.empty() : code(wanted, key.split("\\."), open);
    }

    /**
     * Returns the segments that the stars match: one for each star, except for the star at index {@code open}, which
     * may match several.
     */
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
