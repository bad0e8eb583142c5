package io.tollgate.core;

import java.util.concurrent.atomic.AtomicLong;

/** How many series an engine has, and may have: one for all shards, which define at the same time. Any thread. */
final class SeriesQuota {
    private final long maxSeriesCount;
    private final AtomicLong count;

    SeriesQuota(final long maxSeriesCount, final long count) {
        this.maxSeriesCount = maxSeriesCount;
        this.count = new AtomicLong(count);
    }

    /** Takes room for one series; false if there is none. */
    boolean take() {
        if (count.incrementAndGet() <= maxSeriesCount) {
            return true;
        }
        giveBack();
        return false;
    }

    /** Gives room back that was taken, and not used. */
    void giveBack() {
        count.decrementAndGet();
    }

    long count() {
        return count.get();
    }

    long maxSeriesCount() {
        return maxSeriesCount;
    }
}
