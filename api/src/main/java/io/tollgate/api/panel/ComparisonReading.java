package io.tollgate.api.panel;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * Reads a {@link Comparison} over a window: the stretches of time, in order, over which no source changes its level;
 * how long they agree and differ; and the largest difference. It holds the first stretches, as many as it was made for;
 * all else is worked out from all of them. Belongs to the reader that made it and its thread.
 *
 * <p>Sources are named by their index, that in {@link Comparison#sources()}. Lengths are in ns, and unsigned, as a
 * window may be longer than 292 years.
 */
public interface ComparisonReading {
    /**
     * Reads the levels of the sources over the window. The cost is linear in the points of all sources in the window,
     * and in the number of pairs of sources.
     *
     * @param atNs the instant t from which the window is seen; what lies after it has no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    ComparisonReading read(long atNs);

    /**
     * The comparison that it was made for.
     *
     * @return the comparison.
     */
    Comparison comparison();

    /**
     * What the answer is worth.
     *
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     EMPTY if no level of any source is known in the window; INSUFFICIENT if at no time
     *     two of them are; PARTIAL if at some time not all of them are, or there are more stretches than it holds; else
     *     OK.
     */
    Status status();

    /**
     * The instant that was asked for.
     *
     * @return t.
     */
    long atNs();

    /**
     * The level of a source at t.
     *
     * @param source its index.
     * @return the value in the unit of the series, NaN if it is not known.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    double value(int source);

    /**
     * The level of a source at t, exact.
     *
     * @param source its index.
     * @return the scaled value, {@link Decimals#UNKNOWN} if it is not known.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    long scaledValue(int source);

    /**
     * How long the sources stand to each other in a way.
     *
     * @param agreement the way.
     * @return the length in ns; the three of them add up to the window.
     */
    long lengthNs(Agreement agreement);

    /**
     * How long two sources differ.
     *
     * @param source index of the one.
     * @param other  index of the other.
     * @return the length in ns for which both are known, and not the same; 0 of a source and itself.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    long differingNs(int source, int other);

    /**
     * The largest difference between any two sources at one time, t included.
     *
     * @return in the unit of the series (percentage points for PERCENT), the double nearest to it; 0 if they never
     *     differ; NaN where the status has no value.
     */
    double largestDifference();

    /**
     * When the largest difference began first.
     *
     * @return the instant, {@link Instants#NONE} if they never differ.
     */
    long largestDifferenceAtNs();

    /**
     * Which source has the higher level there.
     *
     * @return its index, the first one if there are several; -1 if they never differ.
     */
    int highest();

    /**
     * Which source has the lower level there.
     *
     * @return its index, the first one if there are several; -1 if they never differ.
     */
    int lowest();

    /**
     * When a source came to a level first.
     *
     * @param source      its index.
     * @param scaledValue the level.
     * @return the first instant of the window at which it has the level, the start of the window if it had it before;
     *     {@link Instants#NONE} if it has it in none of the stretches held.
     * @throws IndexOutOfBoundsException if there is no such source.
     */
    long firstAtNs(int source, long scaledValue);

    /**
     * How many stretches there are.
     *
     * @return all of them, held or not.
     */
    long stretchCount();

    /**
     * How many of them it holds.
     *
     * @return the first so many.
     */
    int heldCount();

    /**
     * When a stretch begins.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @return its first instant.
     * @throws IndexOutOfBoundsException if it holds no such stretch.
     */
    long fromNs(int stretch);

    /**
     * When a stretch ends.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @return the first instant behind it; t for the last one, which has no length if a source changes at t.
     * @throws IndexOutOfBoundsException if it holds no such stretch.
     */
    long untilNs(int stretch);

    /**
     * How the sources stand to each other in a stretch.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @return whether they agree.
     * @throws IndexOutOfBoundsException if it holds no such stretch.
     */
    Agreement agreement(int stretch);

    /**
     * The level of a source in a stretch, exact.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @param source  its index.
     * @return the scaled value, {@link Decimals#UNKNOWN} if it is not known.
     * @throws IndexOutOfBoundsException if it holds no such stretch, or there is no such source.
     */
    long scaledValue(int stretch, int source);

    /**
     * The level of a source in a stretch.
     *
     * @param stretch from 0, below {@link #heldCount()}.
     * @param source  its index.
     * @return the value in the unit of the series, NaN if it is not known.
     * @throws IndexOutOfBoundsException if it holds no such stretch, or there is no such source.
     */
    double value(int stretch, int source);
}
