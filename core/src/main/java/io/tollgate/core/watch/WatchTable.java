package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * The series that subscriptions follow, an entry each, and how their metrics stood last. Entries are numbered in the
 * order in which they were made; those of one series hang together. Some 50 bytes an entry and 25 a metric, in arrays
 * that grow when an entry is made, and only then. Writer only.
 */
final class WatchTable {
    /** No entry. */
    static final int NONE = -1;

    private final Long2LongHashMap firstOfSeries = new Long2LongHashMap(NONE);
    private long[] seriesNumbers = new long[0];
    private int[] subscriptions = new int[0];
    private int[] nextOfSeries = new int[0];
    private int[] firstMetrics = new int[0];
    private int[] firstWatches = new int[0];
    private long[] metricLooks = new long[0];
    private Unit[] units = new Unit[0];
    private int size;

    private long[] revisions = new long[0];
    private double[] values = new double[0];
    private long[] scaledValues = new long[0];
    private Status[] statuses = new Status[0];
    private int metricSize;

    /** Makes an entry, whose metrics all are EMPTY, and gives its number. */
    int add(
            final long seriesNumber,
            final Unit unit,
            final int subscription,
            final int metricCount,
            final int firstWatch) {
        grow(size + 1, metricSize + metricCount);
        final int entry = size++;
        seriesNumbers[entry] = seriesNumber;
        units[entry] = unit;
        subscriptions[entry] = subscription;
        firstMetrics[entry] = metricSize;
        firstWatches[entry] = firstWatch;
        metricLooks[entry] = Deadlines.NEVER;
        nextOfSeries[entry] = NONE;
        for (int i = metricSize; i < metricSize + metricCount; i++) {
            set(i, 0, Status.EMPTY, Double.NaN, Long.MIN_VALUE);
        }
        metricSize += metricCount;
        append(seriesNumber, entry);
        return entry;
    }

    /** Makes an entry as it stands in another table, from which a subscription was taken away. */
    int addFrom(
            final WatchTable other,
            final int otherEntry,
            final int metricCount,
            final int firstWatch,
            final int removedSubscription) {
        final int subscription = other.subscription(otherEntry);
        final int entry = add(
                other.seriesNumber(otherEntry),
                other.unit(otherEntry),
                subscription > removedSubscription ? subscription - 1 : subscription,
                metricCount,
                firstWatch);
        metricLooks[entry] = other.metricLook(otherEntry);
        final int from = other.firstMetric(otherEntry);
        for (int i = 0; i < metricCount; i++) {
            set(
                    firstMetrics[entry] + i,
                    other.revision(from + i),
                    other.status(from + i),
                    other.value(from + i),
                    other.scaledValue(from + i));
        }
        return entry;
    }

    private void append(final long seriesNumber, final int entry) {
        int last = first(seriesNumber);
        if (last == NONE) {
            firstOfSeries.put(seriesNumber, entry);
            return;
        }
        while (nextOfSeries[last] != NONE) {
            last = nextOfSeries[last];
        }
        nextOfSeries[last] = entry;
    }

    private void grow(final int entries, final int metrics) {
        if (entries > seriesNumbers.length) {
            final int capacity = entries + (entries >> 1) + 16;
            seriesNumbers = Arrays.copyOf(seriesNumbers, capacity);
            subscriptions = Arrays.copyOf(subscriptions, capacity);
            nextOfSeries = Arrays.copyOf(nextOfSeries, capacity);
            firstMetrics = Arrays.copyOf(firstMetrics, capacity);
            firstWatches = Arrays.copyOf(firstWatches, capacity);
            metricLooks = Arrays.copyOf(metricLooks, capacity);
            units = Arrays.copyOf(units, capacity);
        }
        if (metrics > revisions.length) {
            final int capacity = metrics + (metrics >> 1) + 16;
            revisions = Arrays.copyOf(revisions, capacity);
            values = Arrays.copyOf(values, capacity);
            scaledValues = Arrays.copyOf(scaledValues, capacity);
            statuses = Arrays.copyOf(statuses, capacity);
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** {@return the first entry of a series, NONE if it is not followed} */
    int first(final long seriesNumber) {
        return (int) firstOfSeries.get(seriesNumber);
    }

    /** {@return the next entry of the same series, NONE behind the last} */
    int next(final int entry) {
        return nextOfSeries[entry];
    }

    long seriesNumber(final int entry) {
        return seriesNumbers[entry];
    }

    Unit unit(final int entry) {
        return units[entry];
    }

    int subscription(final int entry) {
        return subscriptions[entry];
    }

    /** {@return where the metrics of an entry begin} */
    int firstMetric(final int entry) {
        return firstMetrics[entry];
    }

    /** {@return where the watches of an entry begin} */
    int firstWatch(final int entry) {
        return firstWatches[entry];
    }

    /** {@return when the metrics of an entry are to be looked at next} */
    long metricLook(final int entry) {
        return metricLooks[entry];
    }

    void metricLook(final int entry, final long instantNs) {
        metricLooks[entry] = instantNs;
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

    /** Whether a metric stands as it did last, bit for bit. */
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
}
