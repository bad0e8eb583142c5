package io.tollgate.api.series;

import io.tollgate.api.text.PatternSegments;
import java.util.Objects;

/**
 * The rules of a pattern of series keys: a {@linkplain SeriesKey key} in which a segment may be {@code *}. As the last
 * segment it stands for one or more segments, anywhere else for exactly one; so {@code tariff.*.CN} fits
 * {@code tariff.US.CN}, {@code tariff.US.*} fits {@code tariff.US.CN} and {@code tariff.US.CN.85411000}, and {@code *}
 * fits every key. A pattern without {@code *} fits the one key that it is.
 */
public final class SeriesPattern {
    /** The segment that stands for others. */
    public static final String ANY = "*";

    private SeriesPattern() {}

    /**
     * Checks a pattern.
     *
     * @param pattern to check.
     * @return the same pattern.
     * @throws IllegalArgumentException naming the rule that it breaks: those of a key, or a {@code *} that is not a
     *     whole segment.
     */
    public static String validate(final String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return SeriesKey.validate("pattern", pattern, true);
    }

    /**
     * Whether a pattern fits a key.
     *
     * @param pattern a valid one.
     * @param key     a valid one.
     * @return true if it does.
     */
    public static boolean fits(final String pattern, final String key) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(pattern, "pattern");
        return PatternSegments.code(pattern, key).isPresent();
    }
}
