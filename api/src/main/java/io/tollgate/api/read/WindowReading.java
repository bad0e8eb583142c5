package io.tollgate.api.read;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import java.util.List;

/**
 * The metrics over one or more windows of a series. One reading can read any series, any number of times:
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
 * <p>All windows are read from the same state of the series: either all windows have an answer, or none has one. The
 * index of a window is its position in {@link #windows()}; methods without an index use window 0. The reading holds
 * exact sums, and computes most metrics from them on request. A reading belongs to the thread of its reader, and
 * answers as of the knowledge time of that reader.
 */
public interface WindowReading {
    /**
     * Reads the windows of a series as seen from an instant, which may be before, between or after the points and is
     * independent of the engine clock.
     *
     * @param series series of either kind.
     * @param atNs   the instant t in ns, the end of all windows; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the series is not a series of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    WindowReading read(Series series, long atNs);

    /**
     * Reads the windows of the series of a number, like {@link #read(Series, long)}. This suits programs with very many
     * series that keep their numbers: the handle, which is often not in the cache, is not read. The number must be one
     * of this engine. A number of another engine is usually that of another series here, and is not recognised as
     * wrong.
     *
     * @param seriesNumber the {@linkplain Series#number() number} of the series.
     * @param atNs         the instant t in ns, as for a handle.
     * @return this reading.
     * @throws IllegalArgumentException if the engine has no series of this number, or the instant is out of range.
     * @throws IllegalStateException    as for a handle.
     */
    WindowReading read(long seriesNumber, long atNs);

    /** {@return the windows of this reading, in the order of their indexes} */
    List<Window> windows();

    /** {@return the instant t of the read in ns, {@link Instants#NONE} before the first read} */
    long atNs();

    /**
     * Returns the status of a metric over window 0.
     *
     * @param metric metric of this reading.
     * @return the status.
     * @throws IllegalArgumentException if the reading was created without the metric.
     */
    default Status status(final Metric metric) {
        return status(0, metric);
    }

    /**
     * Returns the status of a metric.
     *
     * @param window index of the window, from 0.
     * @param metric metric of this reading.
     * @return the status.
     * @throws IllegalArgumentException  if the reading was created without the metric.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    Status status(int window, Metric metric);

    /**
     * Returns the value of a metric over window 0, correctly rounded from the exact result unless the metric states
     * another bound, such as {@link Metric#SD}.
     *
     * @param metric metric of this reading.
     * @return the value in the unit of the series, NaN if the status has no value.
     * @throws IllegalArgumentException if the reading was created without the metric.
     */
    default double value(final Metric metric) {
        return value(0, metric);
    }

    /**
     * Returns the value of a metric, correctly rounded from the exact result unless the metric states another bound,
     * such as {@link Metric#SD}.
     *
     * @param window index of the window, from 0.
     * @param metric metric of this reading.
     * @return the value in the unit of the series, NaN if the status has no value.
     * @throws IllegalArgumentException  if the reading was created without the metric.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    double value(int window, Metric metric);

    /** {@return the number of points inside window 0; 0 before the first read} */
    default long count() {
        return count(0);
    }

    /**
     * Returns the number of points inside a window.
     *
     * @param window index of the window, from 0.
     * @return 0 or more; 0 before the first read.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    long count(int window);

    /** {@return true if a known level was carried into window 0 of a STEP; see {@link #hasCarriedIn(int)}} */
    default boolean hasCarriedIn() {
        return hasCarriedIn(0);
    }

    /**
     * Returns true if a known level was carried into a window of a STEP: the last point at or before the start of the
     * window has a known level, and its heartbeat had not expired at the start. The point may itself be inside, at the
     * start of a window that includes its start.
     *
     * @param window index of the window, from 0.
     * @return true for a known carried-in level.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    boolean hasCarriedIn(int window);

    /** {@return the level carried into window 0 of a STEP, NaN if there is none} */
    default double carriedInValue() {
        return carriedInValue(0);
    }

    /**
     * Returns the level carried into a window of a STEP: the level in force at its start.
     *
     * @param window index of the window, from 0.
     * @return the level in the unit of the series, NaN if there is none.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    double carriedInValue(int window);

    /** {@return the valid time of the level carried into window 0, {@link Instants#NONE} if there is none} */
    default long carriedInSinceNs() {
        return carriedInSinceNs(0);
    }

    /**
     * Returns the valid time of the level carried into a window.
     *
     * @param window index of the window, from 0.
     * @return the valid time in ns, {@link Instants#NONE} if there is none.
     * @throws IndexOutOfBoundsException if there is no such window.
     */
    long carriedInSinceNs(int window);
}
