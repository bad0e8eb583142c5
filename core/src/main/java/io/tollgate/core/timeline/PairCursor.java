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
 * A pair over a window: it is looked at where a point of one of the series comes into the window, which the lag shifts,
 * or leaves it, and where a bucket does. As-of it changes all the time, and by buckets of one length as each point
 * passes from one to the next.
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

    /** By how much one side is read earlier, in ns; of a calendar only its buckets count, which are in no shift. */
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
            // A point says at once that the one before it did not run out, and begins the last points.
            acts.add(series, 0);
        }
    }

    @Override
    public void read(final long atNs) {
        reading.read(atNs);
        reader.handOver(); // The engine may look on another thread next time.
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
        // From where both have begun: a clock that is moved over centuries before that has nothing to look at.
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
