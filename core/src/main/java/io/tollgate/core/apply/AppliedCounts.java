package io.tollgate.core.apply;

import java.util.concurrent.atomic.AtomicLong;

/** Counts of the operations that were applied to the store. One thread writes, any thread reads. */
public final class AppliedCounts {
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong revised = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong ignored = new AtomicLong();
    private final AtomicLong withdrawn = new AtomicLong();
    private final AtomicLong orphaned = new AtomicLong();

    void applied() {
        increment(applied);
    }

    void revised() {
        increment(revised);
    }

    void unchanged() {
        increment(unchanged);
    }

    void late() {
        increment(late);
    }

    void ignored() {
        increment(ignored);
    }

    void withdrawn() {
        increment(withdrawn);
    }

    void orphaned() {
        increment(orphaned);
    }

    /** Only one thread writes each count. */
    private static void increment(final AtomicLong count) {
        count.lazySet(count.get() + 1);
    }

    /** {@return points and withdrawals applied} */
    public long appliedCount() {
        return applied.get();
    }

    /** {@return those applied points that revised another point, or were added to it} */
    public long revisedCount() {
        return revised.get();
    }

    /** {@return those applied points that were equal to the current point} */
    public long unchangedCount() {
        return unchanged.get();
    }

    /** {@return those applied points that were new and before the last point of their series} */
    public long lateCount() {
        return late.get();
    }

    /** {@return those applied points that had no effect} */
    public long ignoredCount() {
        return ignored.get();
    }

    /** {@return the applied withdrawals} */
    public long withdrawnCount() {
        return withdrawn.get();
    }

    /** {@return operations after a loss that were skipped because they depend on lost operations} */
    public long orphanedCount() {
        return orphaned.get();
    }
}
