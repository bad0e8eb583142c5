package io.tollgate.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What all threads see of the engine clock: the largest time that any shard has reached, and has applied what moved it
 * there. It never goes back. Any thread.
 */
final class EngineTime {
    private static final VarHandle NOW;

    static {
        try {
            NOW = MethodHandles.lookup().findVarHandle(EngineTime.class, "now", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int shardCount;
    private volatile long now = Long.MIN_VALUE;

    /**
     * @param shardCount of the engine.
     */
    EngineTime(final int shardCount) {
        this.shardCount = shardCount;
    }

    /** Whether several shards move it. */
    boolean isShared() {
        return shardCount > 1;
    }

    long now() {
        return now;
    }

    /** Moves the time on; an earlier one moves nothing. */
    void advanceTo(final long time) {
        long seen = now;
        while (seen < time && !NOW.compareAndSet(this, seen, time)) {
            seen = now;
        }
    }
}
