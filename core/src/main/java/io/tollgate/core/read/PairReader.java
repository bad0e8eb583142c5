package io.tollgate.core.read;

import io.tollgate.api.LagRange;
import io.tollgate.api.Pair;
import io.tollgate.api.Status;
import io.tollgate.api.Window;
import io.tollgate.core.metric.LagAnswer;
import io.tollgate.core.metric.PairAnswer;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.window.PairRun;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;

/**
 * Reads two series as they stood at one moment: the versions of both are taken before anything else is read, and again
 * after all of it. Where each is even and unchanged, both stood so from the last of the first looks to the first of the
 * last ones. Until then all that was read is untrusted. One thread.
 */
final class PairReader {
    private final SeriesRecord x = new SeriesRecord();
    private final SeriesRecord y = new SeriesRecord();
    private final WindowBounds bounds = new WindowBounds();
    private final WindowResolver resolver;
    private final PairRun run;
    private final KnowledgeView viewX;
    private final KnowledgeView viewY;

    PairReader(final ReadableBlocks blocksX, final ReadableBlocks blocksY) {
        resolver = new WindowResolver(blocksY);
        run = new PairRun(blocksX, blocksY);
        viewX = new KnowledgeView(blocksX);
        viewY = new KnowledgeView(blocksY);
    }

    /** The record of x, to be wrapped before a read. */
    SeriesRecord x() {
        return x;
    }

    /** The record of y, to be wrapped before a read. */
    SeriesRecord y() {
        return y;
    }

    /** Refuses a window that has no meaning for the pair. */
    static void requireSuits(final Pair pair, final Window window) {
        if (pair.bucket().isPresent() && window instanceof Window.LastPoints) {
            throw new IllegalArgumentException("window=" + window + " bucket="
                    + pair.bucket().get() + ", expected a window of time: the last points have no whole buckets; use"
                    + " Window.sliding with as many bucket lengths as are wanted");
        }
    }

    /** Refuses lags in another unit than those of the pair. */
    static void requireSuits(final Pair pair, final LagRange lags) {
        if (pair.bucket().isPresent() != lags.isByBucket()) {
            throw new IllegalArgumentException(
                    "lags=" + lags + " bucket=" + pair.bucket().orElse(null) + ", expected lags "
                            + (lags.isByBucket()
                                    ? "in ns for a pair as-of; use LagRange.of"
                                    : "in buckets for a pair by bucket; use LagRange.ofBuckets"));
        }
    }

    /** Tries to read a pair; false if a series was changed meanwhile. */
    boolean tryRead(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final PairAnswer answer) {
        final long versionX = x.version();
        final long versionY = y.version();
        if (Attempts.isBeingChanged(versionX | versionY)) {
            return false;
        }
        final boolean isWhole = open(knownAtNs)
                && (isForgotten() || resolver.resolveTime(y, window, atNs, bounds) && read(pair, pair.lag(), answer));
        if (isForgotten()) {
            answer.none(Status.FORGOTTEN, atNs);
        }
        return isOneState(isWhole, versionX, versionY);
    }

    /** Tries to read a pair at each lag; false if a series was changed meanwhile. */
    boolean tryRead(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final LagAnswer answer) {
        final long versionX = x.version();
        final long versionY = y.version();
        if (Attempts.isBeingChanged(versionX | versionY)) {
            return false;
        }
        answer.begin(atNs);
        boolean isWhole = open(knownAtNs);
        if (isForgotten()) {
            answer.none(Status.FORGOTTEN, atNs);
            return isOneState(isWhole, versionX, versionY);
        }
        isWhole = isWhole && resolver.resolveTime(y, window, atNs, bounds);
        final int count = answer.lags().count();
        for (int i = 0; isWhole && i < count; i++) {
            isWhole = read(pair, answer.lags().lag(i), answer.pair()) && isUnchangedSince(versionX, versionY);
            answer.lag(i);
        }
        return isOneState(isWhole, versionX, versionY);
    }

    private boolean open(final long knownAtNs) {
        final boolean isWhole = viewX.open(x, knownAtNs);
        return viewY.open(y, knownAtNs) && isWhole;
    }

    private boolean isForgotten() {
        return viewX.isForgotten() || viewY.isForgotten();
    }

    private boolean read(final Pair pair, final long lag, final PairAnswer answer) {
        if (!run.align(pair, lag, x, y, bounds, answer.moments())) {
            return false;
        }
        answer.scales(x.scale(), y.scale());
        answer.pair(run, pair.bucket().isPresent(), bounds);
        return true;
    }

    private boolean isUnchangedSince(final long versionX, final long versionY) {
        return x.isUnchangedSince(versionX) && y.isUnchangedSince(versionY);
    }

    private boolean isOneState(final boolean isWhole, final long versionX, final long versionY) {
        if (!isUnchangedSince(versionX, versionY)) {
            return false;
        }
        if (!isWhole) {
            throw new IllegalStateException("seriesNumber=" + x.seriesNumber() + " or " + y.seriesNumber()
                    + " has a damaged tree, expected whole blocks; restore the data directory");
        }
        return true;
    }
}
