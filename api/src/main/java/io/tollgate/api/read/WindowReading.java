package io.tollgate.api.read;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import java.util.List;

/**
 * The answer over one or more windows of a series, filled again and again by {@link #read}, for any series:
 *
 * <pre>{@code
 * WindowReading day = reader.window(Window.sliding(Duration.ofDays(1)), Metric.MEAN);
 * double mean = day.read(rate, now).value(Metric.MEAN);
 *
 * WindowReading both = reader.windows(List.of(dayLong, monthLong), Metric.MEAN, Metric.SD);
 * both.read(rate, now);
 * double z = (both.value(0, Metric.MEAN) - both.value(1, Metric.MEAN)) / both.value(1, Metric.SD);
 * }</pre>
 *
 * <p>All windows are read from the same state of the series: either all of them have an answer, or none has. A window
 * is named by its index in {@link #windows()}; methods without an index tell of window 0. The exact sums are inside;
 * most metrics are worked out from them when they are asked for. A reading belongs to the thread of the reader that
 * made it, and is as known at the instant of that reader.
 */
public interface WindowReading {
    /**
     * Reads the windows of a series as seen from an instant: before, between or after the points, wherever the clock
     * stands.
     *
     * @param series of either kind.
     * @param atNs   the instant t in ns, the end of all windows; a point after it has no effect.
     * @return this reading, filled.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    WindowReading read(Series series, long atNs);

    /**
     * The windows that it was made for.
     *
     * @return them, in the order of their indexes.
     */
    List<Window> windows();

    /**
     * The instant that was asked for.
     *
     * @return t, the end of all windows; {@link Instants#NONE} before the first read.
     */
    long atNs();

    /**
     * The worth of a metric's value over window 0.
     *
     * @param metric that was named when the reading was made.
     * @return its status.
     * @throws IllegalArgumentException if the metric was not named.
     */
    default Status status(final Metric metric) {
        return status(0, metric);
    }

    /**
     * The worth of a metric's value.
     *
     * @param window its index, from 0.
     * @param metric that was named when the reading was made.
     * @return its status.
     * @throws IllegalArgumentException  if the metric was not named.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    Status status(int window, Metric metric);

    /**
     * The value of a metric over window 0, correctly rounded from the exact result unless the metric names another
     * bound, as {@link Metric#SD} does.
     *
     * @param metric that was named when the reading was made.
     * @return the value in the unit of the series, NaN where the status has no value.
     * @throws IllegalArgumentException if the metric was not named.
     */
    default double value(final Metric metric) {
        return value(0, metric);
    }

    /**
     * The value of a metric, correctly rounded from the exact result unless the metric names another bound, as {@link
     * Metric#SD} does.
     *
     * @param window its index, from 0.
     * @param metric that was named when the reading was made.
     * @return the value in the unit of the series, NaN where the status has no value.
     * @throws IllegalArgumentException  if the metric was not named.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    double value(int window, Metric metric);

    /**
     * The number of points inside window 0.
     *
     * @return 0 or more; 0 if it was not read.
     */
    default long count() {
        return count(0);
    }

    /**
     * The number of points inside a window.
     *
     * @param window its index, from 0.
     * @return 0 or more; 0 if it was not read.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    long count(int window);

    /**
     * Tells if a known value was carried into window 0 of a STEP; see {@link #hasCarriedIn(int)}.
     *
     * @return true if one was.
     */
    default boolean hasCarriedIn() {
        return hasCarriedIn(0);
    }

    /**
     * Tells if a known value was carried into a window of a STEP.
     *
     * @param window its index, from 0.
     * @return true if the last change at or before the start of the window is a known value, and its heartbeat had not
     *     run out there; also where that change is a point inside, at the start of a window that includes it.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    boolean hasCarriedIn(int window);

    /**
     * The value in force at the start of window 0 of a STEP.
     *
     * @return the value, NaN if none was carried in.
     */
    default double carriedInValue() {
        return carriedInValue(0);
    }

    /**
     * The value in force at the start of a window of a STEP.
     *
     * @param window its index, from 0.
     * @return the value, NaN if none was carried in.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    double carriedInValue(int window);

    /**
     * Since when the value carried into window 0 had been in force.
     *
     * @return its valid time, {@link Instants#NONE} if none was carried in.
     */
    default long carriedInSinceNs() {
        return carriedInSinceNs(0);
    }

    /**
     * Since when the value carried into a window had been in force.
     *
     * @param window its index, from 0.
     * @return its valid time, {@link Instants#NONE} if none was carried in.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    long carriedInSinceNs(int window);
}
