package io.tollgate.api.read;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;

/**
 * Reads metrics without blocking the engine and without allocating. One thread at a time may use a reader; make one for
 * each thread.
 *
 * <p>A reader sees every point that was applied before the read began. A series that changes during the read is read
 * again; after a bounded number of attempts the answer says {@link Status#CONTENDED}.
 *
 * <p>Every read can be made <em>as known at</em> an earlier instant: it then gives the answer, bit for bit, that the
 * engine would have given if it had been told nothing that became known later. What was revised or withdrawn since
 * counts again, and what was added since does not. Such a read costs as much as one of a window that is not registered
 * where nothing of the window has changed since, and is else linear in the points and versions of the window. As known
 * before the {@linkplain Retention horizon} of a series it says {@link Status#FORGOTTEN}, of whatever window.
 */
public interface MetricReader {
    /** A knowledge time as of which all is known that has been applied. */
    long ALL_KNOWN = Long.MAX_VALUE;

    /**
     * A reading to be filled by {@link #read}, over and over.
     *
     * @param metrics what it will be asked for; may be left out where none of it {@linkplain Metric#isDeclared() must
     *                be declared}.
     * @return a new, empty reading.
     */
    default WindowReading newReading(final Metric... metrics) {
        return newReading(ReadOptions.DEFAULT, metrics);
    }

    /**
     * A reading to be filled by {@link #read}, over and over.
     *
     * @param options what a window must hold for its metrics to have a value.
     * @param metrics what it will be asked for; may be left out where none of it {@linkplain Metric#isDeclared() must
     *                be declared}.
     * @return a new, empty reading.
     */
    WindowReading newReading(ReadOptions options, Metric... metrics);

    /**
     * A reading to be filled by {@link #readLevel}, over and over.
     *
     * @return a new, empty reading.
     */
    LevelReading newLevelReading();

    /**
     * A reading to be filled by {@link #readPending}, over and over.
     *
     * @param maxPoints how many points it holds, 1 to 1,048,576; 32 bytes each.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if that is out of range.
     */
    PendingReading newPendingReading(int maxPoints);

    /**
     * A reading to be filled by {@link #readPoints} and {@link #readVersions}, over and over.
     *
     * @param maxVersions how many it holds, 1 to 1,048,576; 41 bytes each.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if that is out of range.
     */
    VersionReading newVersionReading(int maxVersions);

    /**
     * A reading to be filled by {@link #readRevisions}, over and over.
     *
     * @return a new, empty reading.
     */
    RevisionReading newRevisionReading();

    /**
     * A reading to be filled by {@link #readLife}, over and over.
     *
     * @return a new, empty reading.
     */
    LifeReading newLifeReading();

    /**
     * A reading to be filled by {@link #readPair}, over and over.
     *
     * @return a new, empty reading.
     */
    default PairReading newPairReading() {
        return newPairReading(ReadOptions.DEFAULT);
    }

    /**
     * A reading to be filled by {@link #readPair}, over and over.
     *
     * @param options what a window must hold for its metrics to have a value: at least so many buckets, or as-of
     *                stretches of time over which neither level changes; so much coverage; and so much time from the
     *                beginning of the first of them to the end of the last; pro rata means nothing here.
     * @return a new, empty reading.
     */
    PairReading newPairReading(ReadOptions options);

    /**
     * A reading to be filled by {@link #readLags}, over and over.
     *
     * @param lags to be read.
     * @return a new, empty reading.
     */
    default LagReading newLagReading(final LagRange lags) {
        return newLagReading(ReadOptions.DEFAULT, lags);
    }

    /**
     * A reading to be filled by {@link #readLags}, over and over.
     *
     * @param options what a window must hold at a lag, as in {@link #newPairReading(ReadOptions)}.
     * @param lags    to be read.
     * @return a new, empty reading.
     */
    LagReading newLagReading(ReadOptions options, LagRange lags);

    /**
     * Reads a window as seen from an instant: before, between or after the points, wherever the clock stands.
     *
     * @param series  to read.
     * @param window  registered or not: the answer is the same, bit for bit.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, the instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void read(final Series series, final Window window, final long atNs, final WindowReading reading) {
        read(series, window, atNs, ALL_KNOWN, reading);
    }

    /**
     * Reads a window as seen from an instant, as known at another one.
     *
     * @param series    to read.
     * @param window    registered or not: the answer is the same, bit for bit.
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link #ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, an instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void read(Series series, Window window, long atNs, long knownAtNs, WindowReading reading);

    /**
     * Reads the level in force at an instant.
     *
     * @param series  to read.
     * @param atNs    the instant t; what lies after it is pending as seen from it.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, the instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readLevel(final StepSeries series, final long atNs, final LevelReading reading) {
        readLevel(series, atNs, ALL_KNOWN, reading);
    }

    /**
     * Reads the level in force at an instant, as known at another one: the next change too is that announced by then.
     *
     * @param series    to read.
     * @param atNs      the instant t; what lies after it is pending as seen from it.
     * @param knownAtNs knowledge time as of which is read; {@link #ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, an instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readLevel(StepSeries series, long atNs, long knownAtNs, LevelReading reading);

    /**
     * Reads what is pending as seen from an instant: the points after it. The cost is linear in them.
     *
     * @param series  to read, of either kind.
     * @param atNs    the instant t; a point at t itself is in effect, and not pending.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, the instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readPending(final Series series, final long atNs, final PendingReading reading) {
        readPending(series, atNs, ALL_KNOWN, reading);
    }

    /**
     * Reads what was pending as seen from an instant, as known at another one: the points after it that had been
     * announced by then. The cost is linear in them.
     *
     * @param series    to read, of either kind.
     * @param atNs      the instant t; a point at t itself is in effect, and not pending.
     * @param knownAtNs knowledge time as of which is read; {@link #ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, an instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readPending(Series series, long atNs, long knownAtNs, PendingReading reading);

    /**
     * Reads the points behind an answer: those of a window, and, of a STEP, the level carried in. The cost is linear in
     * them.
     *
     * @param series    to read.
     * @param window    over which.
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link #ALL_KNOWN} for all that is known.
     * @param reading   to be filled with a version for each point; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, an instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readPoints(Series series, Window window, long atNs, long knownAtNs, VersionReading reading);

    /**
     * Reads all that was ever said of the points of a window: versions that count, that were revised and that were
     * withdrawn. The cost is linear in them.
     *
     * @param series    to read.
     * @param window    over which.
     * @param atNs      the instant t; what lies after it is left out.
     * @param knownAtNs what became known later is left out; {@link #ALL_KNOWN} for all.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, an instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readVersions(Series series, Window window, long atNs, long knownAtNs, VersionReading reading);

    /**
     * Reads how often and how much the points of a window were restated. The cost is linear in their versions.
     *
     * @param series    to read.
     * @param window    over which.
     * @param atNs      the instant t; what lies after it is left out.
     * @param knownAtNs what became known later is left out; {@link #ALL_KNOWN} for all.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, an instant is out of range, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readRevisions(Series series, Window window, long atNs, long knownAtNs, RevisionReading reading);

    /**
     * Reads from when on and until when a series lives, and which series it follows and is followed by.
     *
     * @param series    to read.
     * @param knownAtNs knowledge time as of which is read; {@link #ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by a reader of this engine.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readLife(Series series, long knownAtNs, LifeReading reading);

    /**
     * Reads two series together as seen from an instant. Neither changes during the read, so the answer is of one
     * moment in which both stood as they were read. The cost is linear in the points of both inside the window; garbage
     * is made only where the calendar of another kind of bucket is needed than before.
     *
     * @param pair    to read.
     * @param window  over which; the last points are those of y.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if a series is not one of this engine, the instant is out of range, the reading
     *                                  was made by another reader, or a pair by bucket is asked for over the last
     *                                  points.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readPair(final Pair pair, final Window window, final long atNs, final PairReading reading) {
        readPair(pair, window, atNs, ALL_KNOWN, reading);
    }

    /**
     * Reads two series together as seen from an instant, as known at another one. Neither changes during the read, so
     * the answer is of one moment in which both stood as they were read. The cost is linear in the points of both in
     * the window; garbage is made only where the calendar of another kind of bucket is needed than before.
     *
     * @param pair      to read.
     * @param window    over which; the last points are those of y.
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link #ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if a series is not one of this engine, an instant is out of range, the reading
     *                                  was made by another reader, or a pair by bucket is asked for over the last
     *                                  points.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readPair(Pair pair, Window window, long atNs, long knownAtNs, PairReading reading);

    /**
     * Reads the correlation of two series at each of a range of lags, at the cost of one {@link #readPair} each.
     *
     * @param pair    to read; its own lag does not count.
     * @param window  over which; the last points are those of y.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException as of {@link #readPair}, or if the lags are in another unit than those of the
     *                                  pair.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readLags(final Pair pair, final Window window, final long atNs, final LagReading reading) {
        readLags(pair, window, atNs, ALL_KNOWN, reading);
    }

    /**
     * Reads the correlation of two series at each of a range of lags, as known at an instant, at the cost of one
     * {@link #readPair} each.
     *
     * @param pair      to read; its own lag does not count.
     * @param window    over which; the last points are those of y.
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link #ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException as of {@link #readPair}, or if the lags are in another unit than those of the
     *                                  pair.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readLags(Pair pair, Window window, long atNs, long knownAtNs, LagReading reading);
}
