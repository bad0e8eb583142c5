package io.tollgate.core.timeline;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.SeriesChangeTimes;
import io.tollgate.core.window.BucketChangeTimes;

/**
 * A pair over a window. It is read whenever a point of one of the series, shifted by the lag, or a bucket enters or
 * leaves the window. A pair as-of changes continuously. A pair by fixed buckets changes when a point passes from one
 * bucket to the next.
 */
final class PairCursor implements PanelCursor {
    private final Pair pair;
    private final Window window;
    private final PairMetric metric;
    private final MetricReader reader;
    private final PairReading reading;
    private final SeriesChangeTimes acts;

    /** Null for a pair as-of. */
    private final BucketChangeTimes buckets;

    PairCursor(final WatchedPanel.OfPair of, final MetricReader reader, final LevelReader levels) {
        pair = of.pair();
        window = of.window();
        metric = of.metric();
        this.reader = reader;
        reading = reader.pair(pair, window);
        acts = new SeriesChangeTimes(levels);
        final long shiftNs = shiftNs(pair);
        add(pair.x(), pair.lag() > 0 ? shiftNs : 0);
        add(pair.y(), pair.lag() < 0 ? shiftNs : 0);
        buckets = pair.bucket().map(BucketChangeTimes::new).orElse(null);
    }

    /**
     * Returns the time by which one side is read earlier, in ns. Returns 0 for calendar buckets: they have no fixed
     * length, and only the changes of the buckets count.
     */
    private static long shiftNs(final Pair pair) {
        final long lag = Math.abs(pair.lag());
        if (pair.bucket().isEmpty()) {
            return lag;
        }
        if (pair.bucket().get() instanceof Bucket.Fixed fixed) {
            final boolean isBeyondAll = Math.multiplyHigh(lag, fixed.lengthNs()) != 0 || lag * fixed.lengthNs() < 0;
            return isBeyondAll ? Long.MAX_VALUE : lag * fixed.lengthNs();
        }
        return 0;
    }

    private void add(final Series series, final long shiftNs) {
        acts.add(series, shiftNs);
        final boolean isSeenAtOnce =
                series.definition().policies().heartbeatNs() != 0 || window instanceof Window.LastPoints;
        if (shiftNs != 0 && isSeenAtOnce) {
            // Also without the shift, because a new point acts at once: it shows that the previous level has not
            // expired, and it moves a window of the last points.
            acts.add(series, 0);
        }
    }

    @Override
    public void read(final long atNs) {
        reading.read(atNs);
        reader.handOver(); // The next read may be on another thread.
    }

    @Override
    public Status status() {
        return reading.status(metric);
    }

    @Override
    public double value() {
        return reading.value(metric);
    }

    @Override
    public long nextNs(final long atNs) {
        acts.find(window, atNs);
        if (buckets == null || acts.beginsNs() == SeriesChangeTimes.NEVER) {
            return acts.nextNs();
        }
        // Starts when both series have begun, so that a clock that moves over centuries before that reads nothing.
        return Math.min(acts.nextNs(), buckets.next(window, Math.max(atNs, acts.beginsNs() - 1)));
    }

    @Override
    public boolean isSettledAtLast() {
        return window instanceof Window.Sliding;
    }

    @Override
    public boolean isSteady() {
        return false;
    }
}
