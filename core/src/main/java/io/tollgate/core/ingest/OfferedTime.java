package io.tollgate.core.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The largest valid time offered so far, or end of a series: what a clock of mode EVENT will show when all of it is
 * applied. Of several shards, points are stamped with it when they are offered, and ends when series are closed,
 * because no shard knows how far the others are. Any thread.
 */
public final class OfferedTime {
    private static final VarHandle LARGEST;

    static {
        try {
            LARGEST = MethodHandles.lookup().findVarHandle(OfferedTime.class, "largest", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long largest;

    /**
     * Begins where the clock stands, or where stamps have come to, whichever is later.
     *
     * @param beginNs that instant.
     */
    public OfferedTime(final long beginNs) {
        largest = beginNs;
    }

    /**
     * What a point would be stamped with if it were offered now.
     *
     * @param validTimeNs of the point.
     * @return the largest one so far, this one included, of which no note is taken.
     */
    public long with(final long validTimeNs) {
        return Math.max(largest, validTimeNs);
    }

    /**
     * Takes note of a valid time.
     *
     * @param validTimeNs of a point that is being offered, or where a series ends that is being closed.
     * @return the largest one so far, this one included.
     */
    public long include(final long validTimeNs) {
        long seen = largest;
        while (seen < validTimeNs) {
            if (LARGEST.compareAndSet(this, seen, validTimeNs)) {
                return validTimeNs;
            }
            seen = largest;
        }
        return seen;
    }
}
