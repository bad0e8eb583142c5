package io.tollgate.core;

import org.agrona.collections.Long2LongHashMap;

/**
 * The batches of several shards of which some logs have the end, and others have not: until all logs are read, they may
 * have it further on. One of which all have it is not held any more.
 *
 * <p>All logs have these batches in one order. So what a log has before the oldest batch that is waiting for it, all
 * others have, too: the log with the fewest ends that are waiting for others is the one to read on. As long as all are
 * whole, no more are held than a stretch of each log has; each that is not lets every log be one further ahead. What is
 * found does not depend on the order.
 */
final class BatchEnds {
    /** The shards whose logs have the end of a batch, a bit each, by its number. */
    private final Long2LongHashMap waiting = new Long2LongHashMap(0);

    /** Of each log how many of these it has. */
    private final int[] counts;

    BatchEnds(final int shardCount) {
        counts = new int[shardCount];
    }

    /** Takes in that a log has the end of a batch of some shards. */
    void end(final int shard, final long number, final long shards) {
        final long before = waiting.get(number);
        final long found = before | 1L << shard;
        if ((shards & ~found) == 0) {
            waiting.remove(number);
            for (long rest = before; rest != 0; rest &= rest - 1) {
                counts[Long.numberOfTrailingZeros(rest)]--;
            }
        } else if (found != before) {
            waiting.put(number, found);
            counts[shard]++;
        }
    }

    /** Of logs, a bit each, of which at least one is set, the one to read on. */
    int next(final long logs) {
        int next = Long.numberOfTrailingZeros(logs);
        for (long rest = logs; rest != 0; rest &= rest - 1) {
            final int log = Long.numberOfTrailingZeros(rest);
            next = counts[log] < counts[next] ? log : next;
        }
        return next;
    }

    /** The shards whose logs have the end of a batch, a bit each; none where all have it of which it is. */
    long shards(final long number) {
        return waiting.get(number);
    }

    /** How many batches are held. */
    int count() {
        return waiting.size();
    }
}
