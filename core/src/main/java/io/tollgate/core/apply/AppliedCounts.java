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

    /** Only one thread writes the count. */
    private static void increment(final AtomicLong count) {
        count.lazySet(count.get() + 1);
    }

    /** {@return points and withdrawals applied} */
    public long appliedCount() {
        return applied.get();
    }

    /** {@return of these, points that revised another one, or were added to it} */
    public long revisedCount() {
        return revised.get();
    }

    /** {@return of these, points equal to the one that counts} */
    public long unchangedCount() {
        return unchanged.get();
    }

    /** {@return of these, new points that came behind a later one} */
    public long lateCount() {
        return late.get();
    }

    /** {@return of these, points without effect} */
    public long ignoredCount() {
        return ignored.get();
    }

    /** {@return of these, withdrawals} */
    public long withdrawnCount() {
        return withdrawn.get();
    }

    /** {@return operations behind a loss that could not be applied because they rest on what is lost} */
    public long orphanedCount() {
        return orphaned.get();
    }
}
