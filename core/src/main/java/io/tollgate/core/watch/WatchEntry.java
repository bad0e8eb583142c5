package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A series that a subscription follows: the last read values of its metrics, and its watches. Writer only. */
final class WatchEntry {
    private final SeriesSubscription subscription;
    private final long seriesNumber;
    private final long[] revisions;
    private final Status[] statuses;
    private final double[] values;
    private final long[] scaledValues;
    private final WatchState[] watches;
    private int index;
    private WatchEntry next;
    private long metricLookNs = Deadlines.NEVER;
    private long touchedFromNs = Deadlines.NEVER;

    /** Creates an entry whose metrics are all EMPTY, and whose watches begin at an instant. */
    WatchEntry(final SeriesSubscription subscription, final long seriesNumber, final long startNs) {
        this.subscription = subscription;
        this.seriesNumber = seriesNumber;
        final int metricCount = subscription.metricCount();
        revisions = new long[metricCount];
        statuses = new Status[metricCount];
        values = new double[metricCount];
        scaledValues = new long[metricCount];
        for (int i = 0; i < metricCount; i++) {
            set(i, 0, Status.EMPTY, Double.NaN, Long.MIN_VALUE);
        }
        watches = new WatchState[subscription.watchCount()];
        Arrays.setAll(watches, i -> new WatchState(startNs));
    }

    SeriesSubscription subscription() {
        return subscription;
    }

    long seriesNumber() {
        return seriesNumber;
    }

    WatchState watch(final int watch) {
        return watches[watch];
    }

    /** {@return the index of the entry among all entries, which is also the number of its deadline} */
    int index() {
        return index;
    }

    /** Sets the index of the entry. */
    void index(final int place) {
        index = place;
        next = null;
    }

    /** {@return the next entry of the same series, null after the last} */
    WatchEntry next() {
        return next;
    }

    void next(final WatchEntry entry) {
        next = entry;
    }

    /** {@return the next instant at which the metrics must be read} */
    long metricLookNs() {
        return metricLookNs;
    }

    void metricLookNs(final long instantNs) {
        metricLookNs = instantNs;
    }

    /** {@return the next instant at which the metrics or the watches must be read} */
    long nextCheckNs() {
        long nextNs = metricLookNs;
        for (final WatchState watch : watches) {
            nextNs = Math.min(nextNs, watch.nextCheckNs());
        }
        return nextNs;
    }

    /** {@return the earliest start of the changes of its series within a batch, NEVER if there is none} */
    long touchedFromNs() {
        return touchedFromNs;
    }

    void touchedFromNs(final long instantNs) {
        touchedFromNs = instantNs;
    }

    long revision(final int metric) {
        return revisions[metric];
    }

    double value(final int metric) {
        return values[metric];
    }

    long scaledValue(final int metric) {
        return scaledValues[metric];
    }

    Status status(final int metric) {
        return statuses[metric];
    }

    /** Returns true if a metric equals its last value, bit for bit. */
    boolean isSame(final int metric, final Status status, final double value, final long scaledValue) {
        return statuses[metric] == status
                && scaledValues[metric] == scaledValue
                && Double.doubleToRawLongBits(values[metric]) == Double.doubleToRawLongBits(value);
    }

    void set(final int metric, final long revision, final Status status, final double value, final long scaledValue) {
        revisions[metric] = revision;
        statuses[metric] = status;
        values[metric] = value;
        scaledValues[metric] = scaledValue;
    }

    void write(final DataOutput out) throws IOException {
        out.writeLong(metricLookNs);
        for (int i = 0; i < revisions.length; i++) {
            out.writeLong(revisions[i]);
            out.writeByte(statuses[i].code());
            out.writeDouble(values[i]);
            out.writeLong(scaledValues[i]);
        }
        for (final WatchState watch : watches) {
            watch.write(out);
        }
    }

    void read(final DataInput in) throws IOException {
        metricLookNs = in.readLong();
        for (int i = 0; i < revisions.length; i++) {
            set(i, in.readLong(), FollowedSeries.statusOf(in.readByte()), in.readDouble(), in.readLong());
        }
        for (final WatchState watch : watches) {
            watch.read(in);
        }
    }
}
