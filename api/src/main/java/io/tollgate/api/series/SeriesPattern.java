package io.tollgate.api.series;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;

/**
 * The rules of a pattern of series keys: a {@linkplain SeriesKey key} in which a segment may be {@code *}. As the last
 * segment it stands for one or more segments, anywhere else for exactly one; so {@code tariff.*.CN} fits
 * {@code tariff.US.CN}, {@code tariff.US.*} fits {@code tariff.US.CN} and {@code tariff.US.CN.85411000}, and {@code *}
 * fits every key. A pattern without {@code *} fits the one key that it is.
 */
public final class SeriesPattern {
    /** The segment that stands for others. */
    public static final String ANY = "*";

    private static final int NONE = -1;

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
        return standingFor(pattern, key).isPresent();
    }

    /**
     * The segments of a key that a pattern has stars for.
     *
     * @param pattern a valid one.
     * @param key     a valid one.
     * @return the segments; empty if the key does not fit.
     */
    public static Optional<String> standingFor(final String pattern, final String key) {
        Objects.requireNonNull(key, "key");
        final String[] wanted = Objects.requireNonNull(pattern, "pattern").split("\\.");
        final int last = wanted.length - 1;
        return code(wanted, key.split("\\."), wanted[last].equals(ANY) ? last : NONE);
    }

    /**
     * The pattern with segments in the places of its stars; the last one takes all that are left.
     *
     * @param pattern a valid one.
     * @param code    the segments, with dots between them.
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
     * The segments that lead from a pattern to a key.
     *
     * @param pattern a valid one.
     * @param key     a valid one.
     * @return what the pattern is to be filled with; empty if nothing leads to the key.
     */
    public static Optional<String> filling(final String pattern, final String key) {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(key, "key");
        final String[] wanted = pattern.split("\\.");
        final int open = List.of(wanted).lastIndexOf(ANY);
        return open == NONE ? Optional.empty() : code(wanted, key.split("\\."), open);
    }

    /** What the stars stand for: one segment each, but for one star that may stand for several. */
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
