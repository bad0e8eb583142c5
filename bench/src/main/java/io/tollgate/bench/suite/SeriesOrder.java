package io.tollgate.bench.suite;

import java.util.SplittableRandom;

/**
 * Iterates over all series repeatedly, in a shuffled order that is the same in each run. In ascending order the
 * processor would prefetch the memory of the next series.
 */
final class SeriesOrder {
    private static final long SEED = 42;

    private final int[] order;
    private int index = -1;

    SeriesOrder(final int seriesCount) {
        order = new int[seriesCount];
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < seriesCount; i++) {
            final int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
    }

    /** Returns the next series. */
    int next() {
        index = index + 1 < order.length ? index + 1 : 0;
        return order[index];
    }
}
