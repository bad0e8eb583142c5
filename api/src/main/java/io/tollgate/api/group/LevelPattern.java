package io.tollgate.api.group;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Unit;
import io.tollgate.api.text.PatternSegments;
import java.util.Objects;
import java.util.Optional;

/**
 * A pattern of keys of STEP series with one unit and scale. The segments that the {@code *} match are the <em>code</em>
 * of a series. With {@code tariff.US.CN.*} the code of {@code tariff.US.CN.85411000} is {@code 85411000}; with
 * {@code tariff.*.CN.*} it is {@code US.85411000}. Immutable.
 *
 * @param pattern the pattern of keys, see {@link SeriesPattern}, with at least one {@code *}.
 * @param unit    the unit of the levels.
 * @param scale   the number of decimals of the levels, 0 to 9.
 */
public record LevelPattern(String pattern, Unit unit, int scale) {
    /**
     * Checks the pattern.
     *
     * @param pattern the pattern of keys, see {@link SeriesPattern}, with at least one {@code *}.
     * @param unit    the unit of the levels.
     * @param scale   the number of decimals of the levels, 0 to 9.
     * @throws IllegalArgumentException if the pattern or the scale is out of range; the message names it.
     */
    public LevelPattern {
        Objects.requireNonNull(pattern, "pattern");
        SeriesPattern.validate(pattern);
        Objects.requireNonNull(unit, "unit");
        if (starCount(pattern) == 0) {
            throw new IllegalArgumentException(
                    "pattern=" + pattern + " has no '*', expected one at least; list a single series as a member");
        }
        if (scale < 0 || scale > Decimals.MAX_SCALE) {
            throw new IllegalArgumentException(
                    "pattern=" + pattern + " scale=" + scale + ", expected 0 to " + Decimals.MAX_SCALE);
        }
    }

    static int starCount(final String pattern) {
        return (int) pattern.chars().filter(c -> c == '*').count();
    }

    /**
     * Returns the code of a series.
     *
     * @param key the key of the series.
     * @return the segments that the {@code *} match, joined by dots; empty if the pattern does not match.
     */
    public Optional<String> code(final String key) {
        Objects.requireNonNull(key, "key");
        return PatternSegments.code(pattern, key);
    }

    /**
     * Returns the key of the series with a code.
     *
     * @param code at least one segment for each {@code *}; the last {@code *} takes all remaining segments.
     * @return the pattern with each {@code *} replaced by segments of the code.
     */
    public String key(final String code) {
        Objects.requireNonNull(code, "code");
        return PatternSegments.key(pattern, code);
    }

    /**
     * Returns the code for which {@link #key} returns a key. It equals {@link #code} if the last segment of the pattern
     * is {@code *}. Otherwise the last {@code *} matches one segment in {@code code}, and one or more here: with
     * {@code imports.*.usd}, the key {@code imports.US.CN.usd} has no code, but {@code US.CN} leads to it.
     *
     * @param key the key of a series.
     * @return the code; empty if no code leads to the key.
     */
    public Optional<String> codeLeadingTo(final String key) {
        Objects.requireNonNull(key, "key");
        return PatternSegments.codeLeadingTo(pattern, key);
    }
}
