package io.tollgate.api.series;

import io.tollgate.api.text.PatternSegments;
import java.util.Objects;

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
        return PatternSegments.code(pattern, key).isPresent();
    }
}
