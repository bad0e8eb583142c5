package io.tollgate.bench.suite;

import java.util.SplittableRandom;

/**
 * All series one after the other, over and over, in an order that is shuffled, and the same in each run: in ascending
 * order processors would fetch the memory of the next series before anybody asks for it.
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

    /** The next one. */
    int next() {
        index = index + 1 < order.length ? index + 1 : 0;
        return order[index];
    }
}
