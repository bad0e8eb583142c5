package io.tollgate.core.metric;

import io.tollgate.api.series.Decimals;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.window.RunPoints;
import java.util.Arrays;

/**
 * Finds a value by its rank among the weighted values of a run, in fixed memory, without a copy of the points. A pass
 * over the points distributes the values of a range, at first all values, over buckets of equal width, a power of two.
 * The bucket that contains the rank holds the next, narrower range, until the range is one value.
 *
 * <p>Besides its weight, a bucket keeps its smallest and its largest value, so the range shrinks to existing values:
 * usually one to three passes are enough, and none is needed if all values are equal. In the worst case each pass
 * settles as many bits of the value as the number of a bucket has, from 6 for few points to 10 for 256 and more: 7
 * passes settle all 64 bits for many points, 11 passes for few. A pass costs O(points + buckets), and there are at most
 * 4 buckets a point, or 64. 24 KiB; used by one thread.
 */
final class RankSelection {
    private static final int MIN_BITS = 6;
    private static final int MAX_BITS = 10;

    private final long[] weights = new long[1 << MAX_BITS];
    private final long[] smallest = new long[1 << MAX_BITS];
    private final long[] largest = new long[1 << MAX_BITS];

    /** The range, both ends included; the rank in it; the smallest value above it. */
    private long low;

    private long high;
    private long rank;
    private long above;

    /** The total weight of the range. */
    private long rangeWeight;

    /**
     * Finds the smallest value such that it and all smaller values together weigh at least the rank.
     *
     * @param points of the run, before the first; may be torn by a concurrent change.
     * @param run    the summary of these points.
     * @param toRank from 1 to the total weight of all known values, unsigned.
     * @return false if the points were found torn, so that the value is not valid.
     */
    boolean find(final RunPoints points, final RunSummary run, final long toRank) {
        final int bits = Math.max(MIN_BITS, Math.min(MAX_BITS, Long.SIZE + 1 - Long.numberOfLeadingZeros(run.count())));
        low = run.min();
        high = run.max();
        above = high;
        rank = toRank;
        rangeWeight = -1;
        boolean isIntact = low <= high;
        while (isIntact && low != high) {
            final int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(high - low) - bits);
            isIntact = distribute(points, shift) && narrow((int) ((high - low) >>> shift));
        }
        return isIntact;
    }

    private boolean distribute(final RunPoints points, final int shift) {
        Arrays.fill(weights, 0, (int) ((high - low) >>> shift) + 1, 0);
        points.rewind();
        while (points.next()) {
            final long value = points.value();
            final long weight = points.weight();
            if (value >= low && value <= high && value != Decimals.UNKNOWN && weight != 0) {
                add((int) ((value - low) >>> shift), value, weight);
            }
        }
        return points.isIntact();
    }

    private void add(final int bucket, final long value, final long weight) {
        if (weights[bucket] == 0) {
            smallest[bucket] = value;
            largest[bucket] = value;
        } else {
            smallest[bucket] = Math.min(smallest[bucket], value);
            largest[bucket] = Math.max(largest[bucket], value);
        }
        weights[bucket] += weight;
    }

    /** Makes the bucket that contains the rank the new range. If the points are torn, there is no such bucket. */
    private boolean narrow(final int lastBucket) {
        for (int bucket = 0; bucket <= lastBucket; bucket++) {
            if (Long.compareUnsigned(rank, weights[bucket]) <= 0) {
                low = smallest[bucket];
                high = largest[bucket];
                rangeWeight = weights[bucket];
                above = smallestAfter(bucket, lastBucket);
                return true;
            }
            rank -= weights[bucket];
        }
        return false;
    }

    private long smallestAfter(final int bucket, final int lastBucket) {
        for (int next = bucket + 1; next <= lastBucket; next++) {
            if (weights[next] != 0) {
                return smallest[next];
            }
        }
        return above;
    }

    /** {@return the value found} */
    long value() {
        return low;
    }

    /** {@return the value at the next rank, for a FLOW; at the last rank, the value found} */
    long valueAfter() {
        return Long.compareUnsigned(rank, rangeWeight) < 0 ? low : above;
    }
}
