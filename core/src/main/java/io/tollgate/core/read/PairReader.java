package io.tollgate.core.read;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.window.PairRun;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;
import java.util.Objects;

/**
 * Reads two series as they stood at one moment. The versions of both are read before anything else, and again at the
 * end. If both versions are even and unchanged, both series were unchanged between the last of the first reads and the
 * first of the second reads. Used by one thread at a time.
 */
final class PairReader {
    private final ReadableStore store;
    private final SeriesRecord x = new SeriesRecord();
    private final SeriesRecord y = new SeriesRecord();
    private final WindowBounds bounds = new WindowBounds();
    private final WindowResolver resolver;
    private final PairRun run;
    private final AsOfView viewX;
    private final AsOfView viewY;
    private final PairAttempt<PairQuery> oneLag = new OneLag();
    private final PairAttempt<LagQuery> allLags = new AllLags();
    private long versionX;
    private long versionY;

    PairReader(final ReadableStore store) {
        this.store = store;
        resolver = new WindowResolver(store.blocks());
        run = new PairRun(store.blocks(), store.blocks());
        viewX = new AsOfView(store.blocks());
        viewY = new AsOfView(store.blocks());
    }

    /** {@return the attempt that reads a pair at its own lag} */
    PairAttempt<PairQuery> oneLag() {
        return oneLag;
    }

    /** {@return the attempt that reads a pair at each lag of an answer} */
    PairAttempt<LagQuery> allLags() {
        return allLags;
    }

    /** Rejects a window that has no meaning for the pair. */
    static void requireSuits(final Pair pair, final Window window) {
        Objects.requireNonNull(pair, "pair=null, expected a pair");
        ReadArguments.requireWindow(window);
        if (pair.bucket().isPresent() && window instanceof Window.LastPoints) {
            throw new IllegalArgumentException("window=" + window + " bucket="
                    + pair.bucket().get() + ": a number of last points cannot be divided into whole buckets; use"
                    + " Window.sliding over several bucket lengths");
        }
    }

    /** Rejects a lag range if its unit (buckets or time) differs from that of the pair. */
    static void requireSuits(final Pair pair, final LagRange lags) {
        if (pair.bucket().isPresent() != lags.isByBucket()) {
            throw new IllegalArgumentException(
                    "lags=" + lags + " bucket=" + pair.bucket().orElse(null)
                            + (lags.isByBucket()
                                    ? ": the lags of a pair as-of are in ns; use LagRange.of"
                                    : ": the lags of a pair by bucket are in buckets; use LagRange.ofBuckets"));
        }
    }

    private boolean isUnchanged() {
        return x.isUnchangedSince(versionX) && y.isUnchangedSince(versionY);
    }

    private boolean read(final Pair pair, final long lag, final PairQuery answer) {
        if (!run.align(pair, lag, x, y, bounds, answer.moments())) {
            return false;
        }
        answer.scales(x.scale(), y.scale());
        answer.fill(run, pair.bucket().isPresent(), bounds);
        return true;
    }

    abstract class PairAttempt<A> implements SeqLock.Attempt<A> {
        private Pair pair;
        private Window window;

        final PairAttempt<A> of(final Pair nextPair, final Window nextWindow) {
            pair = nextPair;
            window = nextWindow;
            return this;
        }

        @Override
        public final void begin(final A answer) {
            x.wrap(store.requireOwn(pair.x()));
            y.wrap(store.requireOwn(pair.y()));
        }

        @Override
        public final Status tryRead(final long atNs, final long knownAtNs, final A answer) {
            versionX = x.version();
            versionY = y.version();
            if (SeqLock.isBeingChanged(versionX | versionY)) {
                return Status.CONTENDED;
            }
            final boolean isOpen = viewX.open(x, knownAtNs) & viewY.open(y, knownAtNs);
            final boolean isForgotten = viewX.isForgotten() || viewY.isForgotten();
            final boolean isIntact = isOpen
                    && (isForgotten || resolver.resolveTime(y, window, atNs, bounds) && fill(pair, atNs, answer));
            if (!isUnchanged()) {
                return Status.CONTENDED;
            }
            if (!isIntact) {
                throw new DirectoryDamagedException("seriesNumber=" + x.seriesNumber() + " or " + y.seriesNumber()
                        + " has a damaged tree; restore the data directory");
            }
            return isForgotten ? Status.FORGOTTEN : Status.OK;
        }

        /** Fills the answer, which may still be torn. Returns false if a series was found torn. */
        abstract boolean fill(Pair pair, long atNs, A answer);
    }

    private final class OneLag extends PairAttempt<PairQuery> {
        @Override
        boolean fill(final Pair pair, final long atNs, final PairQuery answer) {
            return read(pair, pair.lag(), answer);
        }
    }

    private final class AllLags extends PairAttempt<LagQuery> {
        @Override
        boolean fill(final Pair pair, final long atNs, final LagQuery answer) {
            answer.begin(atNs);
            boolean isIntact = true;
            final int count = answer.lags().count();
            for (int i = 0; isIntact && i < count; i++) {
                isIntact = read(pair, answer.lags().lag(i), answer.pair()) && isUnchanged();
                answer.lag(i);
            }
            return isIntact;
        }
    }
}
