package io.tollgate.api.panel;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * A cursor over a {@link Comparison} in a window. The window is divided into stretches of time in which no source
 * changes its level. The reading holds the first stretches, up to the number it was made for; all totals and maxima
 * cover all stretches. Belongs to its reader and the thread of that reader.
 *
 * <p>A source is named by its index in {@link Comparison#sources()}. Lengths are in ns and unsigned, because a window
 * may be longer than 292 years.
 */
public interface ComparisonReading {
    /**
     * Reads the levels of the sources over the window. The cost is linear in the points of all sources in the window,
     * and in the number of pairs of sources.
     *
     * @param atNs the instant t in ns since the epoch, which is the end of the window; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    ComparisonReading read(long atNs);

    /** {@return the comparison of this reading} */
    Comparison comparison();

    /**
     * {@return UNREAD, CONTENDED or FORGOTTEN; EMPTY if no source has a known level in the window; INSUFFICIENT if at
     * no time two of them have; PARTIAL if at some time a level is unknown, or there are more stretches than the
     * reading holds; else OK}
     */
    Status status();

    /** {@return the instant t of the last read} */
    long atNs();

    /**
     * Returns the level of a source at t.
     *
     * @param source the index of the source.
     * @return the value in the unit of the series, NaN if it is unknown.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    double value(int source);

    /**
     * Returns the exact level of a source at t.
     *
     * @param source the index of the source.
     * @return the scaled value, {@link Decimals#UNKNOWN} if it is unknown.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    long scaledValue(int source);

    /**
     * Returns the total length of the stretches with an agreement.
     *
     * @param agreement the agreement.
     * @return the length in ns; those of the three agreements add up to the window.
     */
    long lengthNs(Agreement agreement);

    /**
     * Returns the time for which two sources differ.
     *
     * @param source the index of one source.
     * @param other  the index of the other source.
     * @return the time in ns at which both are known and not equal; 0 for a source and itself.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    long differingNs(int source, int other);

    /**
     * The largest difference between any two sources at one instant, t included.
     *
     * @return in the unit of the series (percentage points for PERCENT), rounded to the nearest double; 0 if they never
     *     differ; NaN if the status has no value.
     */
    double largestDifference();

    /** {@return the first instant of the largest difference, {@link Instants#NONE} if the sources never differ} */
    long largestDifferenceAtNs();

    /**
     * The source with the higher level at {@link #largestDifferenceAtNs()}.
     *
     * @return its index, the lowest if there are several; -1 if the sources never differ.
     */
    int highest();

    /**
     * The source with the lower level at {@link #largestDifferenceAtNs()}.
     *
     * @return its index, the lowest if there are several; -1 if the sources never differ.
     */
    int lowest();

    /**
     * Returns the first instant at which a source has a level, among the stretches held.
     *
     * @param source      the index of the source.
     * @param scaledValue the level.
     * @return the instant; the start of the window if the source had the level before; {@link Instants#NONE} if it has
     *     the level in none of the stretches held.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    long firstAtNs(int source, long scaledValue);

    /** {@return the number of stretches, held or not} */
    long stretchCount();

    /** {@return the number of stretches held, from the first on} */
    int heldCount();

    /**
     * Returns the start of a stretch.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @return the first instant of the stretch.
     * @throws IndexOutOfBoundsException if the stretch is not held.
     */
    long fromNs(int stretch);

    /**
     * Returns the end of a stretch.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @return the first instant after the stretch. It is t for the last stretch, which has length 0 if a source changes
     *     at t.
     * @throws IndexOutOfBoundsException if the stretch is not held.
     */
    long untilNs(int stretch);

    /**
     * Returns the agreement of the sources in a stretch.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @return the agreement.
     * @throws IndexOutOfBoundsException if the stretch is not held.
     */
    Agreement agreement(int stretch);

    /**
     * Returns the exact level of a source in a stretch.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @param source  the index of the source.
     * @return the scaled value, {@link Decimals#UNKNOWN} if it is unknown.
     * @throws IndexOutOfBoundsException if the stretch is not held, or there is no such source.
     */
    long scaledValue(int stretch, int source);

    /**
     * Returns the level of a source in a stretch.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @param source  the index of the source.
     * @return the value in the unit of the series, NaN if it is unknown.
     * @throws IndexOutOfBoundsException if the stretch is not held, or there is no such source.
     */
    double value(int stretch, int source);
}
