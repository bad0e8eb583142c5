package io.tollgate.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether an engine runs, is to end, or has failed: one for all its shards, as the failure of one is that of the
 * engine. Any thread.
 */
final class EngineState {
    private volatile boolean isStopRequested;
    private final AtomicLong endedShards = new AtomicLong();
    private volatile RuntimeException failure;

    /** Asks all shards to apply what lies on their rings, and to end. */
    void requestStop() {
        isStopRequested = true;
    }

    boolean isStopRequested() {
        return isStopRequested;
    }

    /** A shard has applied all that it will. */
    void shardEnded(final int shard) {
        endedShards.getAndAccumulate(1L << shard, (ended, one) -> ended | one);
    }

    /** Whether so many shards have, which are all. */
    boolean haveAllEnded(final int shardCount) {
        return Long.bitCount(endedShards.get()) == shardCount;
    }

    /** Whether one of some shards has, a bit each. */
    boolean hasEnded(final long shards) {
        return (endedShards.get() & shards) != 0;
    }

    /** The engine takes nothing more: what is in stores and logs stays as it is. The first cause counts. */
    synchronized void fail(final RuntimeException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /**
     * Fails where neither memory nor stack may be left to say anything: nothing is made.
     *
     * @param prepared made ahead.
     * @param cause    that it gets.
     */
    synchronized void fail(final RuntimeException prepared, final Throwable cause) {
        if (failure == null) {
            try {
                prepared.initCause(cause);
            } finally {
                failure = prepared;
            }
        }
    }

    boolean isFailed() {
        return failure != null;
    }

    /** Why it has failed, null if it has not. */
    RuntimeException failure() {
        return failure;
    }

    /** Why nothing more is done. */
    IllegalStateException stoppedException() {
        final RuntimeException cause = failure;
        return cause == null
                ? new IllegalStateException("engine=closed, expected open; open it again")
                : new IllegalStateException("engine=failed, expected open; close it and open it again", cause);
    }
}
