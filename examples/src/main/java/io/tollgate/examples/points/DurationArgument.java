package io.tollgate.examples.points;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a duration to nanoseconds: an integer and a unit. A day is exactly 24 h. */
public final class DurationArgument implements ITypeConverter<Long> {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,19})(ns|us|ms|s|m|h|d|w)");

    private static final Map<String, Long> UNITS_NS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L,
            "w", 604_800_000_000_000L);

    /** Called by picocli. */
    public DurationArgument() {}

    @Override
    public Long convert(final String text) {
        try {
            return parse(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a duration: " + e.getMessage());
        }
    }

    /**
     * Parses a duration.
     *
     * @param text an integer and a unit.
     * @return nanoseconds, above 0.
     * @throws IllegalArgumentException if the text is not a duration; the message names the expected form.
     */
    public static long parse(final String text) {
        final Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected an integer and a unit (ns, us, ms, s, m, h, d or w), such as 7d or 12h");
        }
        try {
            final long durationNs =
                    Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS_NS.get(matcher.group(2)));
            if (durationNs > 0) {
                return durationNs;
            }
        } catch (final ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("expected 1ns to 292 years (106751d)", e);
        }
        throw new IllegalArgumentException("expected 1ns to 292 years (106751d)");
    }
}
