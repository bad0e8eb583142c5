package io.tollgate.examples.impact.finding;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Verification;
import java.time.Duration;
import java.util.List;

/**
 * One number of the study, as a row of {@code metrics.csv}.
 *
 * @param section      id of the section it belongs to.
 * @param series       key of the series it was read from, or a name for the group of series.
 * @param metric       the metric; for a ratio with its denominator.
 * @param at           the instant of the read, in UTC.
 * @param window       length of the window that ends there, empty if there is no window.
 * @param value        a plain decimal number, empty if the status has no value.
 * @param status       of the value.
 * @param unit         of the value.
 * @param source       of the facts it is computed from.
 * @param verification of these facts.
 */
public record MetricRow(
        String section,
        String series,
        String metric,
        String at,
        String window,
        String value,
        Status status,
        String unit,
        String source,
        Verification verification) {
    /** The header of the file. */
    public static final List<String> HEADER =
            List.of("section", "series", "metric", "at", "window", "value", "status", "unit", "source", "verified");

    /** Creates a row for a number at an instant. */
    public static MetricRow at(
            final String section,
            final String series,
            final String metric,
            final long atNs,
            final Amount amount,
            final Source source) {
        return of(section, series, metric, atNs, "", amount, source);
    }

    /** Creates a row for a number over a window that ends at an instant. */
    public static MetricRow over(
            final String section,
            final String series,
            final String metric,
            final long atNs,
            final Window.Sliding window,
            final Amount amount,
            final Source source) {
        return of(section, series, metric, atNs, text(window), amount, source);
    }

    /** Returns the cells of the row, in the order of the header. */
    public List<String> cells() {
        return List.of(section, series, metric, at, window, value, status.name(), unit, source, verification.text());
    }

    private static MetricRow of(
            final String section,
            final String series,
            final String metric,
            final long atNs,
            final String window,
            final Amount amount,
            final Source source) {
        return new MetricRow(
                section,
                series,
                metric,
                Instants.format(atNs),
                window,
                amount.text(),
                amount.status(),
                amount.unit(),
                source.text(),
                source.verification());
    }

    private static String text(final Window.Sliding window) {
        final Duration length = Duration.ofNanos(window.lengthNs());
        if (length.equals(Duration.ofDays(length.toDays()))) {
            return length.toDays() + "d";
        }
        return length.equals(Duration.ofHours(length.toHours())) ? length.toHours() + "h" : length.toNanos() + "ns";
    }
}
