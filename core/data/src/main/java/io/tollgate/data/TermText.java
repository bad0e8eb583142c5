package io.tollgate.data;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Window;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats and parses durations, windows and reporting periods, as the command line writes them. */
public final class TermText {
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
    private static final List<String> LARGEST_FIRST = List.of("d", "h", "m", "s", "ms", "us", "ns");
    private static final String WINDOW =
            "a window such as 30d, 30d:left, last:20, since:2025-04-02T04:01:00Z or month:America/New_York";
    private static final String PERIOD = "a period such as 7d or month:Asia/Shanghai";

    private TermText() {}

    /**
     * Parses a duration.
     *
     * @param text an integer and one of the units ns, us, ms, s, m, h, d, w.
     * @return the duration in ns; a day has exactly 24 h.
     * @throws IllegalArgumentException if the text has another form, or is longer than 292 years.
     */
    public static long durationNs(final String text) {
        final Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "duration=" + text + ", expected an integer and a unit of ns, us, ms, s, m, h, d, w");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS_NS.get(matcher.group(2)));
        } catch (final ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("duration=" + text + ", expected at most 292 years", e);
        }
    }

    /** Formats a duration above 0 in the largest unit that gives an integer. */
    static String duration(final long durationNs) {
        final String unit = LARGEST_FIRST.stream()
                .filter(candidate -> durationNs % UNITS_NS.get(candidate) == 0)
                .findFirst()
                .orElseThrow();
        return durationNs / UNITS_NS.get(unit) + unit;
    }

    /** Formats windows, separated by spaces. */
    static String windows(final List<Window> windows) {
        return windows.stream().map(TermText::window).collect(Collectors.joining(" "));
    }

    private static String window(final Window window) {
        if (window instanceof final Window.Sliding sliding) {
            return duration(sliding.lengthNs())
                    + (sliding.closed() == Closed.RIGHT ? "" : ":" + lowerCase(sliding.closed()));
        }
        if (window instanceof final Window.LastPoints last) {
            return "last:" + last.pointCount();
        }
        if (window instanceof final Window.ToDate toDate) {
            return lowerCase(toDate.period()) + ':' + toDate.zone();
        }
        return "since:" + Instants.format(((Window.Since) window).instantNs());
    }

    private static String lowerCase(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses windows that are separated by spaces.
     *
     * @throws IllegalArgumentException if a text is not a window; the message names it.
     */
    static List<Window> parseWindows(final String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(TermText::parseWindow).toList();
    }

    /**
     * Parses a window.
     *
     * @param text such as 30d, 30d:left, last:20, since:2025-04-02T04:01:00Z or month:America/New_York.
     * @return the window.
     * @throws IllegalArgumentException if the text is not a window; the message names it.
     */
    public static Window parseWindow(final String text) {
        final int colon = text.indexOf(':');
        try {
            if (colon < 0) {
                return Window.slidingNs(durationNs(text));
            }
            final String name = text.substring(0, colon);
            final String argument = text.substring(colon + 1);
            return switch (name) {
                case "last" -> Window.last(Long.parseLong(argument));
                case "since" -> Window.since(Instants.parse(argument));
                case "month", "quarter", "year" -> Window.toDate(calendar(name), ZoneId.of(argument));
                default -> new Window.Sliding(durationNs(name), Closed.valueOf(argument.toUpperCase(Locale.ROOT)));
            };
        } catch (final IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("window=" + text + ", expected " + WINDOW, e);
        }
    }

    private static CalendarPeriod calendar(final String name) {
        return CalendarPeriod.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Formats a reporting period. */
    static String period(final ReportingPeriod period) {
        if (period instanceof final ReportingPeriod.Calendar calendar) {
            return lowerCase(calendar.period()) + ':' + calendar.zone();
        }
        return duration(((ReportingPeriod.Fixed) period).lengthNs());
    }

    /**
     * Parses a reporting period.
     *
     * @throws IllegalArgumentException if the text is not a period; the message names it.
     */
    static ReportingPeriod parsePeriod(final String text) {
        final int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? new ReportingPeriod.Fixed(durationNs(text))
                    : ReportingPeriod.of(calendar(text.substring(0, colon)), ZoneId.of(text.substring(colon + 1)));
        } catch (final IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("period=" + text + ", expected " + PERIOD, e);
        }
    }
}
