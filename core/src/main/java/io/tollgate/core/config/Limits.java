package io.tollgate.core.config;

import io.tollgate.api.LimitExceededException;
import io.tollgate.api.group.Group;
import io.tollgate.core.watch.PanelLedger;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agrona.BitUtil;
import org.jspecify.annotations.NullMarked;

/**
 * The bounds of an engine: what goes beyond them is refused and counted. Immutable: each {@code with} gives other
 * limits, {@code Limits.DEFAULT.withMaxSeriesCount(1_000)}.
 */
@NullMarked
public final class Limits {
    /** Each bound as it is if nothing else is said. */
    public static final Limits DEFAULT = new Limits(
            Arrays.stream(Bound.values()).mapToLong(bound -> bound.usual).toArray());

    /** The bounded quantities, and the range of each bound. */
    private enum Bound {
        MAX_SERIES_COUNT(1 << 24, 1, Integer.MAX_VALUE),
        RING_LENGTH(1 << 20, 1 << 12, 1 << 30),
        FIRST_MAP_ENTRIES(1 << 7, 1 << 7, 1 << 20),
        DRAIN_LIMIT(64, 1, 256),
        MAX_READ_ATTEMPTS(10_000, 1, Integer.MAX_VALUE),
        MAX_PATTERN_COUNT(1 << 16, 1, 1 << 20),
        MAX_GROUP_COUNT(1 << 10, 0, 1 << 16),
        MAX_SUBSCRIPTION_COUNT(64, 0, PanelLedger.MAX_NAMES),
        MAX_UPDATE_QUEUE_COUNT(64, 0, 1 << 10),
        MAX_BATCH_POINT_COUNT(1 << 15, 1, 1 << 20),
        MAX_OPEN_BATCH_COUNT(16, 1, 1 << 10),
        BATCH_TIMEOUT_NS(60_000_000_000L, 1, Long.MAX_VALUE),
        MAX_REFUSALS_KEPT(1 << 10, 1, 1 << 20),
        MAX_LATENESS_PATTERN_COUNT(32, 0, 62),
        MAX_UPDATES_KEPT(1 << 16, 1, 1 << 23);

        private final long usual;
        private final long least;
        private final long most;

        Bound(final long usual, final long least, final long most) {
            this.usual = usual;
            this.least = least;
            this.most = most;
        }

        private boolean isPowerOfTwo() {
            return this == RING_LENGTH || this == FIRST_MAP_ENTRIES;
        }

        /** The name of the method that gives it. */
        private String label() {
            final String[] words = name().toLowerCase(Locale.ROOT).split("_");
            return words[0]
                    + Arrays.stream(words)
                            .skip(1)
                            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                            .collect(Collectors.joining());
        }

        private void require(final long value) {
            if (value < least || value > most || isPowerOfTwo() && !BitUtil.isPowerOfTwo(value)) {
                throw new IllegalArgumentException(label() + "=" + value + ", expected "
                        + (isPowerOfTwo() ? "a power of two from " : "") + least + " to " + most);
            }
        }
    }

    /** By bound. */
    private final long[] values;

    private Limits(final long[] values) {
        this.values = values;
    }

    private long get(final Bound bound) {
        return values[bound.ordinal()];
    }

    private Limits with(final Bound bound, final long value) {
        bound.require(value);
        final long[] changed = values.clone();
        changed[bound.ordinal()] = value;
        return new Limits(changed);
    }

    /** {@return the bound that {@link #withMaxSeriesCount} sets} */
    public long maxSeriesCount() {
        return get(Bound.MAX_SERIES_COUNT);
    }

    /**
     * Most series that can be defined. Default: 16,777,216.
     *
     * @param maxSeriesCount 1 to {@value Integer#MAX_VALUE}.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxSeriesCount(final long maxSeriesCount) {
        return with(Bound.MAX_SERIES_COUNT, maxSeriesCount);
    }

    /** {@return the bound that {@link #withRingLength} sets} */
    public int ringLength() {
        return (int) get(Bound.RING_LENGTH);
    }

    /**
     * Room in bytes for points that are offered and not yet taken, a power of two; a point needs 56 bytes. Default:
     * 1,048,576.
     *
     * @param ringLength 4,096 to 1,073,741,824.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withRingLength(final int ringLength) {
        return with(Bound.RING_LENGTH, ringLength);
    }

    /** {@return the bound that {@link #withFirstMapEntries} sets} */
    public int firstMapEntries() {
        return (int) get(Bound.FIRST_MAP_ENTRIES);
    }

    /**
     * Room that the store begins with, in series and in blocks of each size, a power of two. It doubles by itself. A
     * data directory keeps what it was made with. Default: 128.
     *
     * @param firstMapEntries 128 to 1,048,576.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withFirstMapEntries(final int firstMapEntries) {
        return with(Bound.FIRST_MAP_ENTRIES, firstMapEntries);
    }

    /** {@return the bound that {@link #withDrainLimit} sets} */
    public int drainLimit() {
        return (int) get(Bound.DRAIN_LIMIT);
    }

    /**
     * Most records taken from the ring at a time: they go to the log as one frame, and are then applied. Default: 64.
     *
     * @param drainLimit 1 to 256.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withDrainLimit(final int drainLimit) {
        return with(Bound.DRAIN_LIMIT, drainLimit);
    }

    /** {@return the bound that {@link #withMaxReadAttempts} sets} */
    public int maxReadAttempts() {
        return (int) get(Bound.MAX_READ_ATTEMPTS);
    }

    /**
     * Attempts after which a read of a series that keeps changing says CONTENDED. Default: 10,000.
     *
     * @param maxReadAttempts 1 to {@value Integer#MAX_VALUE}.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxReadAttempts(final int maxReadAttempts) {
        return with(Bound.MAX_READ_ATTEMPTS, maxReadAttempts);
    }

    /** {@return the bound that {@link #withMaxPatternCount} sets} */
    public int maxPatternCount() {
        return (int) get(Bound.MAX_PATTERN_COUNT);
    }

    /**
     * Most patterns that windows can be registered by; each takes 320 bytes outside the heap, and some hundred on it a
     * segment. Default: 65,536.
     *
     * @param maxPatternCount 1 to 1,048,576.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxPatternCount(final int maxPatternCount) {
        return with(Bound.MAX_PATTERN_COUNT, maxPatternCount);
    }

    /** {@return the bound that {@link #withMaxGroupCount} sets} */
    public int maxGroupCount() {
        return (int) get(Bound.MAX_GROUP_COUNT);
    }

    /**
     * Most groups and hierarchies that can be registered while an engine is open: each definition of a series looks at
     * every one of them. None outlives the engine. Default: 1,024.
     *
     * @param maxGroupCount 0 to 65,536.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxGroupCount(final int maxGroupCount) {
        return with(Bound.MAX_GROUP_COUNT, maxGroupCount);
    }

    /** {@return the bound that {@link #withMaxSubscriptionCount} sets} */
    public int maxSubscriptionCount() {
        return (int) get(Bound.MAX_SUBSCRIPTION_COUNT);
    }

    /**
     * Most subscriptions to updates, and watches on panels by name, at a time. Default: 64.
     *
     * @param maxSubscriptionCount 0 to {@value PanelLedger#MAX_NAMES}.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxSubscriptionCount(final int maxSubscriptionCount) {
        return with(Bound.MAX_SUBSCRIPTION_COUNT, maxSubscriptionCount);
    }

    /** {@return the bound that {@link #withMaxUpdateQueueCount} sets} */
    public int maxUpdateQueueCount() {
        return (int) get(Bound.MAX_UPDATE_QUEUE_COUNT);
    }

    /**
     * Most queues of updates at a time, those of listeners included. Default: 64.
     *
     * @param maxUpdateQueueCount 0 to 1,024.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxUpdateQueueCount(final int maxUpdateQueueCount) {
        return with(Bound.MAX_UPDATE_QUEUE_COUNT, maxUpdateQueueCount);
    }

    /** {@return the bound that {@link #withMaxBatchPointCount} sets} */
    public int maxBatchPointCount() {
        return (int) get(Bound.MAX_BATCH_POINT_COUNT);
    }

    /**
     * Most points and withdrawals of a batch; 124 bytes for each. Default: 32,768.
     *
     * @param maxBatchPointCount 1 to 1,048,576.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxBatchPointCount(final int maxBatchPointCount) {
        return with(Bound.MAX_BATCH_POINT_COUNT, maxBatchPointCount);
    }

    /** {@return the bound that {@link #withMaxOpenBatchCount} sets} */
    public int maxOpenBatchCount() {
        return (int) get(Bound.MAX_OPEN_BATCH_COUNT);
    }

    /**
     * Most batches that are open, or committed and not applied yet. Each takes 48 bytes a point that it may have,
     * outside the heap, from when it is first needed. Default: 16.
     *
     * @param maxOpenBatchCount 1 to 1,024.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxOpenBatchCount(final int maxOpenBatchCount) {
        return with(Bound.MAX_OPEN_BATCH_COUNT, maxOpenBatchCount);
    }

    /** {@return the bound that {@link #withBatchTimeoutNs} sets} */
    public long batchTimeoutNs() {
        return get(Bound.BATCH_TIMEOUT_NS);
    }

    /**
     * Nanoseconds for which a batch may be open before it is aborted. Default: 60,000,000,000.
     *
     * @param batchTimeoutNs 1 to {@value Long#MAX_VALUE}.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withBatchTimeoutNs(final long batchTimeoutNs) {
        return with(Bound.BATCH_TIMEOUT_NS, batchTimeoutNs);
    }

    /** {@return the bound that {@link #withMaxRefusalsKept} sets} */
    public int maxRefusalsKept() {
        return (int) get(Bound.MAX_REFUSALS_KEPT);
    }

    /**
     * How many of the last refusals are kept in memory, 64 bytes each. Default: 1,024.
     *
     * @param maxRefusalsKept 1 to 1,048,576.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxRefusalsKept(final int maxRefusalsKept) {
        return with(Bound.MAX_REFUSALS_KEPT, maxRefusalsKept);
    }

    /** {@return the bound that {@link #withMaxLatenessPatternCount} sets} */
    public int maxLatenessPatternCount() {
        return (int) get(Bound.MAX_LATENESS_PATTERN_COUNT);
    }

    /**
     * Most patterns whose lateness is tracked; 60 KB each. Default: 32.
     *
     * @param maxLatenessPatternCount 0 to 62.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxLatenessPatternCount(final int maxLatenessPatternCount) {
        return with(Bound.MAX_LATENESS_PATTERN_COUNT, maxLatenessPatternCount);
    }

    /** {@return the bound that {@link #withMaxUpdatesKept} sets} */
    public int maxUpdatesKept() {
        return (int) get(Bound.MAX_UPDATES_KEPT);
    }

    /**
     * Most updates that each queue of updates which blocks keeps while the engine cannot wait until it has room, as
     * far as the heap goes; 170 bytes each on that, while they are kept. Default: 65,536.
     *
     * @param maxUpdatesKept 1 to 8,388,608.
     * @return limits with this bound.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxUpdatesKept(final int maxUpdatesKept) {
        return with(Bound.MAX_UPDATES_KEPT, maxUpdatesKept);
    }

    /**
     * Refuses one more group, or hierarchy, where there are as many as there may be.
     *
     * @param group that is to be registered.
     * @param count how many are registered.
     * @throws IllegalStateException if there is no room for one more.
     */
    public void requireGroupRoom(final Group group, final int count) {
        requireRoom(
                "members=" + group.members().size() + " patterns="
                        + group.patterns().size() + " groupCount=" + count,
                count,
                Bound.MAX_GROUP_COUNT,
                "read the group without registering it");
    }

    /**
     * Refuses one more subscription, or watches on panels, where there are as many as there may be.
     *
     * @param name  of the subscription.
     * @param count how many there are.
     * @throws IllegalStateException if there is no room for one more.
     */
    public void requireSubscriptionRoom(final String name, final int count) {
        requireRoom(
                "subscription=" + name + " subscriptionCount=" + count, count, Bound.MAX_SUBSCRIPTION_COUNT, "end one");
    }

    /**
     * Refuses one more queue of updates where there are as many as there may be.
     *
     * @param name  of the subscription.
     * @param count how many queues there are.
     * @throws IllegalStateException if there is no room for one more.
     */
    public void requireQueueRoom(final String name, final int count) {
        requireRoom(
                "subscription=" + name + " updateQueueCount=" + count,
                count,
                Bound.MAX_UPDATE_QUEUE_COUNT,
                "close one");
    }

    private void requireRoom(final String subject, final int count, final Bound bound, final String orElse) {
        if (count >= get(bound)) {
            throw new LimitExceededException(
                    subject + ", expected room for one more within " + bound.label() + "=" + get(bound)
                            + "; raise the limit, or " + orElse,
                    bound.label(),
                    get(bound));
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Limits limits && Arrays.equals(values, limits.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** {@return each bound by its name} */
    @Override
    public String toString() {
        return Arrays.stream(Bound.values())
                .map(bound -> bound.label() + "=" + get(bound))
                .collect(Collectors.joining(" ", "Limits[", "]"));
    }
}
