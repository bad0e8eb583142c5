package io.tollgate.examples.points;

import io.tollgate.api.series.CalendarPeriod;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.LongConsumer;

/** The instants of {@code --every}. Immutable. */
public interface Grid {
    /**
     * Visits the instants from a first one to a last one.
     *
     * @param firstNs the earliest instant, in nanoseconds since the epoch.
     * @param lastNs  the latest instant, inclusive.
     * @param visitor receives each instant.
     */
    void forEach(long firstNs, long lastNs, LongConsumer visitor);

    /**
     * Parses {@code 1d} or {@code month:America/New_York}.
     *
     * @param text a duration; or {@code month:}, {@code quarter:} or {@code year:} with a zone.
     * @param zone by whose clock durations are counted.
     * @return the instants.
     * @throws IllegalArgumentException if the text is neither; the message names the expected form.
     */
    static Grid of(final String text, final ZoneId zone) {
        final int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? new StepGrid(DurationArgument.parse(text), zone)
                    : new CalendarGrid(period(text.substring(0, colon)), ZoneId.of(text.substring(colon + 1)));
        } catch (final IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a duration nor a calendar period: " + e.getMessage()
                            + "; expected one such as 1d, or month:, quarter: or year: with a zone",
                    e);
        }
    }

    private static CalendarPeriod period(final String name) {
        return switch (name) {
            case "month", "quarter", "year" -> CalendarPeriod.valueOf(name.toUpperCase(Locale.ROOT));
            default -> throw new IllegalArgumentException("unknown period '" + name + "'");
        };
    }
}
