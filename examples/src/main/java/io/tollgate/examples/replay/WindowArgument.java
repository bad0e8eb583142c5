package io.tollgate.examples.replay;

import io.tollgate.api.Window;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A window as asked for on the command line.
 *
 * @param text   as it was written.
 * @param window that is meant.
 */
record WindowArgument(String text, Window window) {
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

    /** Reads {@code 7d}. */
    static final class Converter implements ITypeConverter<WindowArgument> {
        @Override
        public WindowArgument convert(final String text) {
            final Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is no window, expected a duration: an integer and"
                        + " ns, us, ms, s, m, h, d or w, as in 7d or 12h");
            }
            try {
                final long count = Long.parseLong(matcher.group(1));
                return new WindowArgument(
                        text,
                        new Window(Math.multiplyExact(
                                count, UNITS_NS.get(matcher.group(2)).longValue())));
            } catch (final ArithmeticException | IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no window, expected 1ns to 292 years (106751d)");
            }
        }
    }

    /** The windows to register with each series. */
    static Window[] registered(final Stream<WindowArgument> windows, final int maxWindows) {
        return windows.map(WindowArgument::window).distinct().limit(maxWindows).toArray(Window[]::new);
    }
}
