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
 * Creates readings, which answer without blocking the engine and without allocating. A reading is created once, for
 * fixed windows and metrics, and then reads any series any number of times:
 *
 * <pre>{@code
 * MetricReader reader = engine.newReader();
 * WindowReading trend = reader.windows(List.of(day, month), Metric.MEAN, Metric.MAX);
 * LevelReading level = reader.level();
 * for (StepSeries rate : rates) {
 *     trend.read(rate, now);
 *     double change = trend.value(0, Metric.MEAN) - trend.value(1, Metric.MEAN);
 *     double inForce = level.read(rate, now).value();
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> A reader and its readings belong to the first thread that reads. Other threads get an
 * {@link IllegalStateException} until the owner calls {@link #handOver}. Create one reader for each thread.
 *
 * <p><b>Visibility.</b> A read sees every point applied before it began. If the series changes during the read, the
 * read is repeated; after a bounded number of attempts the status is {@link Status#CONTENDED}. A reading that has never
 * read has the status {@link Status#UNREAD}.
 *
 * <p><b>Arguments.</b> Instants are in ns since 1970, in the range of {@link io.tollgate.api.series.Instants}. Every
 * read throws an {@link IllegalArgumentException} for an instant out of range or a series of another engine, and an
 * {@link IllegalStateException} if the engine is closed. Arguments must not be null.
 */
public interface MetricReader {
    /** The largest number of windows of one reading. */
    int MAX_WINDOWS = 16;

    /**
     * Returns a reader as of an earlier knowledge time. Its readings give bit-identically the answers that the engine
     * would have given without any point, revision or withdrawal that became known later.
     *
     * <p>If no point of the window has changed since, such a read costs as much as a read of an unregistered window;
     * otherwise its cost is linear in the points and versions of the window. As of a time before the
     * {@linkplain Retention retention horizon} of a series, the status is {@link Status#FORGOTTEN}. Both readers belong
     * to the same thread and are handed over together. Creating one is cheap.
     *
     * @param knownAtNs knowledge time in ns; {@link io.tollgate.api.series.Instants#ALL_KNOWN} for all points.
     * @return a reader as of that time.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    MetricReader asOf(long knownAtNs);

    /**
     * Creates a reading of one window.
     *
     * @param window  window, registered or not; the answers are bit-identical.
     * @param metrics metrics to answer, any number.
     * @return a new reading, not read yet.
     */
    default WindowReading window(final Window window, final Metric... metrics) {
        return windows(ReadOptions.DEFAULT, Collections.singletonList(window), metrics);
    }

    /**
     * Creates a reading of several windows of a series, all from the same state of the series.
     *
     * @param windows 1 to {@value #MAX_WINDOWS} different windows, registered or not.
     * @param metrics metrics to answer for each window, any number.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if there is no window, there are too many, or two are equal.
     */
    default WindowReading windows(final List<? extends Window> windows, final Metric... metrics) {
        return windows(ReadOptions.DEFAULT, windows, metrics);
    }

    /**
     * Creates a reading of several windows of a series, all from the same state of the series.
     *
     * @param options requirements that a window must meet for its metrics to have a value.
     * @param windows 1 to {@value #MAX_WINDOWS} different windows, registered or not.
     * @param metrics metrics to answer for each window, any number.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if there is no window, there are too many, or two are equal.
     */
    WindowReading windows(ReadOptions options, List<? extends Window> windows, Metric... metrics);

    /**
     * Creates a reading of the level of a STEP series.
     *
     * @return a new reading, not read yet.
     */
    LevelReading level();

    /**
     * Creates a reading of the pending points of a series.
     *
     * @param maxPoints largest number of points that the reading holds, 1 to 1,048,576; 32 bytes each.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if the number is out of range.
     */
    PendingReading pending(int maxPoints);

    /**
     * Creates a reading of the points from which an answer is computed: those of a window and, for a STEP, the
     * carried-in level.
     *
     * @param window    the window.
     * @param maxPoints largest number of points that the reading holds, 1 to 1,048,576; 41 bytes each.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if the number is out of range.
     */
    VersionReading points(Window window, int maxPoints);

    /**
     * Creates a reading of all versions of the points of a window: current, revised and withdrawn ones.
     *
     * @param window      the window.
     * @param maxVersions largest number of versions that the reading holds, 1 to 1,048,576; 41 bytes each.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if the number is out of range.
     */
    VersionReading versions(Window window, int maxVersions);

    /**
     * Creates a cursor over all versions of a series, of any number.
     *
     * @return a new cursor, not opened yet; it takes about 25 kB.
     */
    VersionCursor versionCursor();

    /**
     * Creates a reading of number and size of the restatements in a window.
     *
     * @param window the window.
     * @return a new reading, not read yet.
     */
    RevisionReading revisions(Window window);

    /**
     * Creates a reading of the life of a series, with its predecessor and successor.
     *
     * @return a new reading, not read yet.
     */
    LifeReading life();

    /**
     * Creates a reading of two series together.
     *
     * @param pair   the pair.
     * @param window the window; last points are those of y.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if the pair is by bucket and the window is of last points.
     */
    default PairReading pair(final Pair pair, final Window window) {
        return pair(ReadOptions.DEFAULT, pair, window);
    }

    /**
     * Creates a reading of two series together.
     *
     * @param options requirements on the window. The count is the number of buckets, or of as-of stretches in which
     *                neither level changes. The span runs from the start of the first to the end of the last of them.
     *                Pro rata is ignored.
     * @param pair    the pair.
     * @param window  the window; last points are those of y.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if the pair is by bucket and the window is of last points.
     */
    PairReading pair(ReadOptions options, Pair pair, Window window);

    /**
     * Creates a reading of the correlation of two series at each lag of a range.
     *
     * @param pair   the pair; its own lag is ignored.
     * @param window the window; last points are those of y.
     * @param lags   lags to read.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if the pair is by bucket and the window is of last points, or the lags have
     *                                  another unit than those of the pair.
     */
    default LagReading lags(final Pair pair, final Window window, final LagRange lags) {
        return lags(ReadOptions.DEFAULT, pair, window, lags);
    }

    /**
     * Creates a reading of the correlation of two series at each lag of a range.
     *
     * @param options requirements on the window at each lag, as in {@link #pair(ReadOptions, Pair, Window)}.
     * @param pair    the pair; its own lag is ignored.
     * @param window  the window; last points are those of y.
     * @param lags    lags to read.
     * @return a new reading, not read yet.
     * @throws IllegalArgumentException if the pair is by bucket and the window is of last points, or the lags have
     *                                  another unit than those of the pair.
     */
    LagReading lags(ReadOptions options, Pair pair, Window window, LagRange lags);

    /**
     * Releases this reader, its readings, and all readers created from it with {@link #asOf}. The next thread that
     * reads becomes the owner. A reader without an owner stays without one.
     *
     * @throws IllegalStateException if another thread owns the reader.
     */
    void handOver();
}
