package io.tollgate.api.read;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import java.util.Collections;
import java.util.List;

/**
 * Makes readings, which are filled without blocking the engine and without allocating. A reading is made once, for
 * windows and metrics that are named then. It is filled again and again, for any series of its kind:
 *
 * <pre>{@code
 * MetricReader reader = engine.newReader();
 * WindowReading trend = reader.windows(List.of(day, month), Metric.MEAN, Metric.MAX);
 * for (Series series : watched) {
 *     trend.read(series, now);
 *     compare(trend.value(0, Metric.MEAN), trend.value(1, Metric.MEAN));
 * }
 * double rate = level.read(duty, now).value();
 * }</pre>
 *
 * <p><b>Threads.</b> A reader and its readings belong to one thread: the first one that fills a reading. Any other
 * thread that fills one gets an {@link IllegalStateException}, until the owner calls {@link #handOver}. Make a reader
 * for each thread.
 *
 * <p><b>What a read sees.</b> It sees every point that was applied before it began. A series that changes during the
 * read is read again; after a bounded number of attempts the answer says {@link Status#CONTENDED}. A reading that was
 * never filled says {@link Status#UNREAD}.
 *
 * <p><b>Instants</b> are in ns since 1970 and have the range of {@link io.tollgate.api.series.Instants}. Each read
 * throws an {@link IllegalArgumentException} for an instant out of range and for a series of another engine, and an
 * {@link IllegalStateException} if the engine is closed. The arguments of all methods must not be null.
 */
public interface MetricReader {
    /** The most windows of one reading. */
    int MAX_WINDOWS = 16;

    /**
     * The same reader as of an earlier instant of knowledge. Its readings give the answer, bit for bit, that the engine
     * would have given if it had been told nothing that became known later. A version that was revised or withdrawn
     * since counts again, and a point that was added since does not. Such a read costs as much as one of a window that
     * is not registered if no point of the window has changed since; else its cost is linear in the points and versions
     * of the window. As known before the {@linkplain Retention horizon} of a series it says {@link Status#FORGOTTEN}.
     *
     * <p>Both readers belong to the same thread and are handed over together. Making one is cheap.
     *
     * @param knownAtNs knowledge time as of which is read, in ns; {@link io.tollgate.api.series.Instants#ALL_KNOWN} for
     *     all that is known.
     * @return a reader as of that instant.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    MetricReader asOf(long knownAtNs);

    /**
     * A reading of one window.
     *
     * @param window  registered or not: the answer is the same, bit for bit.
     * @param metrics that it answers, any number of them.
     * @return a new reading, not filled yet.
     */
    default WindowReading window(final Window window, final Metric... metrics) {
        return windows(ReadOptions.DEFAULT, Collections.singletonList(window), metrics);
    }

    /**
     * A reading of several windows of a series, all from the same state of the series.
     *
     * @param windows 1 to {@value #MAX_WINDOWS} different ones, registered or not.
     * @param metrics that it answers for each window, any number of them.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if there is no window, there are too many, or two of them are equal.
     */
    default WindowReading windows(final List<? extends Window> windows, final Metric... metrics) {
        return windows(ReadOptions.DEFAULT, windows, metrics);
    }

    /**
     * A reading of several windows of a series, all from the same state of the series.
     *
     * @param options what a window must hold for its metrics to have a value.
     * @param windows 1 to {@value #MAX_WINDOWS} different ones, registered or not.
     * @param metrics that it answers for each window, any number of them.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if there is no window, there are too many, or two of them are equal.
     */
    WindowReading windows(ReadOptions options, List<? extends Window> windows, Metric... metrics);

    /**
     * A reading of the level of a STEP series.
     *
     * @return a new reading, not filled yet.
     */
    LevelReading level();

    /**
     * A reading of the points that are pending.
     *
     * @param maxPoints how many points it holds, 1 to 1,048,576; 32 bytes each.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if that is out of range.
     */
    PendingReading pending(int maxPoints);

    /**
     * A reading of the points behind an answer: those of a window, and, of a STEP, the level carried in.
     *
     * @param window    over which.
     * @param maxPoints how many points it holds, 1 to 1,048,576; 41 bytes each.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if the number is out of range.
     */
    VersionReading points(Window window, int maxPoints);

    /**
     * A reading of all that was ever said of the points of a window: versions that count, that were revised and that
     * were withdrawn.
     *
     * @param window      over which.
     * @param maxVersions how many versions it holds, 1 to 1,048,576; 41 bytes each.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if the number is out of range.
     */
    VersionReading versions(Window window, int maxVersions);

    /**
     * A reading of how often and how much the points of a window were restated.
     *
     * @param window over which.
     * @return a new reading, not filled yet.
     */
    RevisionReading revisions(Window window);

    /**
     * A reading of when a series lives, and which series it follows and is followed by.
     *
     * @return a new reading, not filled yet.
     */
    LifeReading life();

    /**
     * A reading of two series together.
     *
     * @param pair   to read.
     * @param window over which; the last points are those of y.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if a pair by bucket is asked for over the last points.
     */
    default PairReading pair(final Pair pair, final Window window) {
        return pair(ReadOptions.DEFAULT, pair, window);
    }

    /**
     * A reading of two series together.
     *
     * @param options what a window must hold for its metrics to have a value: at least so many buckets, or as-of
     *                stretches of time over which neither level changes; so much coverage; and so much time from the
     *                beginning of the first of them to the end of the last; pro rata means nothing here.
     * @param pair    to read.
     * @param window  over which; the last points are those of y.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if a pair by bucket is asked for over the last points.
     */
    PairReading pair(ReadOptions options, Pair pair, Window window);

    /**
     * A reading of the correlation of two series at each of a range of lags.
     *
     * @param pair   to read; its own lag does not count.
     * @param window over which; the last points are those of y.
     * @param lags   to be read.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if a pair by bucket is asked for over the last points, or the lags are in
     *                                  another unit than those of the pair.
     */
    default LagReading lags(final Pair pair, final Window window, final LagRange lags) {
        return lags(ReadOptions.DEFAULT, pair, window, lags);
    }

    /**
     * A reading of the correlation of two series at each of a range of lags.
     *
     * @param options what a window must hold at a lag, as in {@link #pair(ReadOptions, Pair, Window)}.
     * @param pair    to read; its own lag does not count.
     * @param window  over which; the last points are those of y.
     * @param lags    to be read.
     * @return a new reading, not filled yet.
     * @throws IllegalArgumentException if a pair by bucket is asked for over the last points, or the lags are in
     *                                  another unit than those of the pair.
     */
    LagReading lags(ReadOptions options, Pair pair, Window window, LagRange lags);

    /**
     * Lets another thread use this reader, its readings, and the readers as of other instants made from it. The next
     * thread that fills a reading becomes the owner. Called by the owner; a reader without an owner stays without one.
     *
     * @throws IllegalStateException if another thread owns the reader.
     */
    void handOver();
}
