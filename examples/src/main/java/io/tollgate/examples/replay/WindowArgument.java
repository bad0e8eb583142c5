package io.tollgate.examples.replay;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Window;
import io.tollgate.examples.points.DurationArgument;
import io.tollgate.examples.points.NumberArgument;
import io.tollgate.examples.points.PointTimes;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * A window requested on the command line.
 *
 * @param text   on the command line.
 * @param window the window.
 */
record WindowArgument(String text, Window window) {
    static final String EXPECTED =
            "a duration such as 7d or 12h, last:20, since:2025-04-02T04:01Z, or month:, quarter: or year: with a"
                    + " zone";

    /**
     * Parses {@code 7d}, {@code last:20}, {@code since:2025-04-02T04:01Z} or {@code month:America/New_York}.
     *
     * @throws IllegalArgumentException if the text is not a window; the message names the expected form.
     */
    static WindowArgument of(final String text, final PointTimes times) {
        final int colon = text.indexOf(':');
        try {
            return new WindowArgument(
                    text,
                    colon < 0
                            ? Window.slidingNs(DurationArgument.parse(text))
                            : window(text.substring(0, colon), text.substring(colon + 1), times));
        } catch (final IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a window: " + e.getMessage() + "; expected " + EXPECTED, e);
        }
    }

    private static Window window(final String name, final String argument, final PointTimes times) {
        return switch (name) {
            case "last" -> Window.last(pointCount(argument));
            case "since" -> Window.since(times.parse(argument));
            case "month", "quarter", "year" ->
                Window.toDate(CalendarPeriod.valueOf(name.toUpperCase(Locale.ROOT)), ZoneId.of(argument));
            default -> throw new IllegalArgumentException("unknown kind '" + name + "'");
        };
    }

    private static long pointCount(final String text) {
        try {
            return NumberArgument.ofLong().convert(text);
        } catch (final TypeConversionException e) {
            throw new IllegalArgumentException(
                    "pointCount=" + text + ", expected an integer, 1 or more, in ASCII digits", e);
        }
    }

    /** Returns the window with the ends of {@code --closed}, which apply only to sliding windows. */
    WindowArgument closed(final Closed closed) {
        return window instanceof Window.Sliding sliding
                ? new WindowArgument(text, new Window.Sliding(sliding.lengthNs(), closed))
                : this;
    }

    /** Returns the windows to register with each series: those that can have a state. */
    static Window[] registered(final Stream<WindowArgument> windows, final int maxWindows) {
        return windows.map(WindowArgument::window)
                .filter(window -> window instanceof Window.Sliding sliding && sliding.closed() == Closed.RIGHT)
                .distinct()
                .limit(maxWindows)
                .toArray(Window[]::new);
    }
}
