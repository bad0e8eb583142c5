package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A series that a subscription follows: its metrics as they were read last, and its watches. Writer only. */
final class WatchEntry {
    private final SeriesSubscription subscription;
    private final long seriesNumber;
    private final Unit unit;
    private final long[] revisions;
    private final Status[] statuses;
    private final double[] values;
    private final long[] scaledValues;
    private final WatchState[] watches;
    private int index;
    private WatchEntry next;
    private long metricLookNs = Deadlines.NEVER;
    private long touchedFromNs = Deadlines.NEVER;

    /** An entry whose metrics all are EMPTY, and whose watches begin at an instant. */
    WatchEntry(final SeriesSubscription subscription, final long seriesNumber, final Unit unit, final long startNs) {
        this.subscription = subscription;
        this.seriesNumber = seriesNumber;
        this.unit = unit;
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

    Unit unit() {
        return unit;
    }

    WatchState watch(final int watch) {
        return watches[watch];
    }

    /** {@return its place among all entries, by which it has a deadline} */
    int index() {
        return index;
    }

    /** Becomes the last entry of all. */
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

    /** {@return the instant at which its metrics are to be looked at next} */
    long metricLookNs() {
        return metricLookNs;
    }

    void metricLookNs(final long instantNs) {
        metricLookNs = instantNs;
    }

    /** {@return the instant at which its metrics or its watches are to be looked at next} */
    long nextCheckNs() {
        long nextNs = metricLookNs;
        for (final WatchState watch : watches) {
            nextNs = Math.min(nextNs, watch.nextCheckNs());
        }
        return nextNs;
    }

    /** {@return the earliest instant from which a batch has changed its series, NEVER if none has} */
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

    /** Whether a metric is the same as it was last, bit for bit. */
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

    /** Writes its metrics and watches down. */
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

    /** Reads what was written down. */
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
