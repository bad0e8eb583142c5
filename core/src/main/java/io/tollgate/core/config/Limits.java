package io.tollgate.core.config;

import io.tollgate.api.LimitExceededException;
import io.tollgate.api.group.Group;
import io.tollgate.core.watch.PanelLedger;

/**
 * The bounds of an engine: what goes beyond them is refused and counted. Immutable.
 *
 * @param maxSeriesCount  most series that can be defined.
 * @param drainLimit      most records taken from the ring at a time, 1 to 256: they go to the log as one frame, and are
 *                        then applied.
 * @param maxReadAttempts after which a read of a series that keeps changing says CONTENDED.
 * @param maxPatternCount most patterns that windows can be registered by; each takes 320 bytes outside the heap, and
 *                        some hundred on it a segment.
 * @param maxGroupCount   most groups and hierarchies that can be registered while an engine is open, 0 to 65,536: each
 *                        definition of a series looks at every one of them. None outlives the engine.
 * @param maxSubscriptionCount most subscriptions to updates, and watches on panels by name, at a time.
 * @param maxUpdateQueueCount  most queues of updates at a time, those of listeners included.
 * @param maxBatchPointCount   most points and withdrawals of a batch, 1 to 1,048,576; 124 bytes for each.
 * @param maxOpenBatchCount    most batches that are open, or committed and not applied yet; each takes 48 bytes a point
 *                             that it may have, outside the heap, from when it is first needed.
 * @param batchTimeoutNs       for how long a batch may be open before it is aborted.
 * @param maxRefusalsKept      how many of the last refusals are kept in memory, 72 bytes each.
 * @param maxLatenessPatternCount most patterns whose lateness is tracked, 0 to 62; 60 KB each.
 * @param maxUpdatesKept       most updates that each queue of updates which blocks keeps where the
 *                             engine cannot wait until it has room, as far as the heap goes; 170 bytes each on that,
 *                             while they are kept.
 */
public record Limits(
        long maxSeriesCount,
        int drainLimit,
        int maxReadAttempts,
        int maxPatternCount,
        int maxGroupCount,
        int maxSubscriptionCount,
        int maxUpdateQueueCount,
        int maxBatchPointCount,
        int maxOpenBatchCount,
        long batchTimeoutNs,
        int maxRefusalsKept,
        int maxLatenessPatternCount,
        int maxUpdatesKept) {
    /**
     * 16,777,216 series, 64 records at a time, 10,000 attempts, 65,536 patterns, 1,024 groups, 64 subscriptions, 64
     * queues, 32,768 points a batch, 16 open batches, a minute, 1,024 refusals, 32 patterns of lateness, 65,536 updates
     * kept.
     */
    public static final Limits DEFAULT = new Limits(
            1 << 24, 64, 10_000, 1 << 16, 1 << 10, 64, 64, 1 << 15, 16, 60_000_000_000L, 1 << 10, 32, 1 << 16);

    /**
     * Checks the bounds.
     *
     * @param maxSeriesCount  most series that can be defined.
     * @param drainLimit      most records taken from the ring at a time, 1 to 256: they go to the log as one frame,
     *                        and are then applied.
     * @param maxReadAttempts after which a read of a series that keeps changing says CONTENDED.
     * @param maxPatternCount most patterns that windows can be registered by.
     * @param maxGroupCount   most groups and hierarchies that can be registered while an engine is open, 0 to 65,536.
     * @param maxSubscriptionCount most subscriptions to updates, and watches on panels by name, at a time.
     * @param maxUpdateQueueCount  most queues of updates at a time, those of listeners included.
     * @param maxBatchPointCount   most points and withdrawals of a batch.
     * @param maxOpenBatchCount    most batches that are open, or committed and not applied yet.
     * @param batchTimeoutNs       for how long a batch may be open before it is aborted.
     * @param maxRefusalsKept      how many of the last refusals are kept in memory, 72 bytes each.
     * @param maxLatenessPatternCount most patterns whose lateness is tracked, 0 to 62; 60 KB each.
     * @param maxUpdatesKept       most updates that each queue of updates which blocks keeps where the
     *                             engine cannot wait until it has room, as far as the heap goes; 170 bytes each.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public Limits {
        require("maxSeriesCount", maxSeriesCount, 1, Integer.MAX_VALUE);
        require("drainLimit", drainLimit, 1, 256);
        require("maxReadAttempts", maxReadAttempts, 1, Integer.MAX_VALUE);
        require("maxPatternCount", maxPatternCount, 1, 1 << 20);
        require("maxGroupCount", maxGroupCount, 0, 1 << 16);
        require("maxSubscriptionCount", maxSubscriptionCount, 0, PanelLedger.MAX_NAMES);
        require("maxUpdateQueueCount", maxUpdateQueueCount, 0, 1 << 10);
        require("maxBatchPointCount", maxBatchPointCount, 1, 1 << 20);
        require("maxOpenBatchCount", maxOpenBatchCount, 1, 1 << 10);
        require("batchTimeoutNs", batchTimeoutNs, 1, Long.MAX_VALUE);
        require("maxRefusalsKept", maxRefusalsKept, 1, 1 << 20);
        require("maxLatenessPatternCount", maxLatenessPatternCount, 0, 62);
        require("maxUpdatesKept", maxUpdatesKept, 1, 1 << 23);
    }

    /**
     * Refuses one more group, or hierarchy, where there are as many as there may be.
     *
     * @param group that is to be registered.
     * @param count how many are registered.
     * @throws IllegalStateException if there is no room for one more.
     */
    public void requireGroupRoom(final Group group, final int count) {
        if (count >= maxGroupCount) {
            throw new LimitExceededException(
                    "members=" + group.members().size() + " patterns="
                            + group.patterns().size() + " groupCount=" + count
                            + ", expected room for one more within maxGroupCount=" + maxGroupCount
                            + "; raise the limit, or read the group without registering it",
                    "maxGroupCount",
                    maxGroupCount);
        }
    }

    /**
     * Refuses one more subscription, or watches on panels, where there are as many as there may be.
     *
     * @param name  of the subscription.
     * @param count how many there are.
     * @throws IllegalStateException if there is no room for one more.
     */
    public void requireSubscriptionRoom(final String name, final int count) {
        if (count >= maxSubscriptionCount) {
            throw new LimitExceededException(
                    "subscription=" + name + " subscriptionCount=" + count
                            + ", expected room for one more within maxSubscriptionCount=" + maxSubscriptionCount
                            + "; raise the limit, or end one",
                    "maxSubscriptionCount",
                    maxSubscriptionCount);
        }
    }

    /**
     * Refuses one more queue of updates where there are as many as there may be.
     *
     * @param name  of the subscription.
     * @param count how many queues there are.
     * @throws IllegalStateException if there is no room for one more.
     */
    public void requireQueueRoom(final String name, final int count) {
        if (count >= maxUpdateQueueCount) {
            throw new LimitExceededException(
                    "subscription=" + name + " updateQueueCount=" + count
                            + ", expected room for one more within maxUpdateQueueCount=" + maxUpdateQueueCount
                            + "; raise the limit, or close one",
                    "maxUpdateQueueCount",
                    maxUpdateQueueCount);
        }
    }

    private static void require(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + ", expected " + min + " to " + max);
        }
    }
}
