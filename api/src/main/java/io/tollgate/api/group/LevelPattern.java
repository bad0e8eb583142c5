package io.tollgate.api.group;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Unit;
import io.tollgate.api.text.PatternSegments;
import java.util.Objects;
import java.util.Optional;

/**
 * Levels whose keys fit a pattern, all of one unit and scale. What the {@code *} of the pattern stand for in a key is
 * the <em>code</em> of its series: with {@code tariff.US.CN.*} that of {@code tariff.US.CN.85411000} is
 * {@code 85411000}, with {@code tariff.*.CN.*} it is {@code US.85411000}. Immutable.
 *
 * @param pattern as in {@link SeriesPattern}, with at least one {@code *}.
 * @param unit    of the levels.
 * @param scale   of the levels.
 */
public record LevelPattern(String pattern, Unit unit, int scale) {
    /**
     * Checks the pattern.
     *
     * @param pattern as in {@link SeriesPattern}, with at least one {@code *}.
     * @param unit    of the levels.
     * @param scale   of the levels, 0 to 9.
     * @throws IllegalArgumentException naming what does not suit.
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
     * The code of a series.
     *
     * @param key of the series.
     * @return the segments that the {@code *} stand for, joined by dots; empty if the pattern does not fit.
     */
    public Optional<String> code(final String key) {
        Objects.requireNonNull(key, "key");
        return PatternSegments.code(pattern, key);
    }

    /**
     * The key of the series that has a code.
     *
     * @param code at least one segment for each {@code *}; the last one takes all that are left.
     * @return the pattern with the segments of the code in the places of its {@code *}.
     */
    public String key(final String code) {
        Objects.requireNonNull(code, "code");
        return PatternSegments.key(pattern, code);
    }

    /**
     * The code that leads to a key as {@link #key} does. It is the same as {@link #code} where a {@code *} is the last
     * segment; elsewhere the last {@code *} stands for all segments that are left here, and for one there: with
     * {@code imports.*.usd}, {@code imports.US.CN.usd} has no code of its own, but {@code US.CN} leads to it.
     *
     * @param key of a series.
     * @return the code; empty if none leads to it.
     */
    public Optional<String> codeLeadingTo(final String key) {
        Objects.requireNonNull(key, "key");
        return PatternSegments.codeLeadingTo(pattern, key);
    }
}
