package io.tollgate.core.config;

import io.tollgate.core.watch.PanelLedger;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agrona.BitUtil;
import org.jspecify.annotations.NullMarked;

/**
 * The limits of an engine. Input beyond them is refused and counted. Immutable: each {@code with} method returns other
 * limits, for example {@code Limits.DEFAULT.withMaxSeriesCount(1_000)}.
 */
@NullMarked
public final class Limits {
    /** The default limits. */
    public static final Limits DEFAULT = new Limits(
            Arrays.stream(Bound.values()).mapToLong(bound -> bound.usual).toArray());

    /** The limited quantities, and the range of each limit. */
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

        /** Returns the name of the method that reads the limit. */
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

    /** The values in the order of {@link Bound}. */
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

    /** {@return the limit set by {@link #withMaxSeriesCount}} */
    public long maxSeriesCount() {
        return get(Bound.MAX_SERIES_COUNT);
    }

    /**
     * Sets the limit of defined series. Default: 16,777,216.
     *
     * @param maxSeriesCount 1 to {@value Integer#MAX_VALUE}.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxSeriesCount(final long maxSeriesCount) {
        return with(Bound.MAX_SERIES_COUNT, maxSeriesCount);
    }

    /** {@return the length set by {@link #withRingLength}} */
    public int ringLength() {
        return (int) get(Bound.RING_LENGTH);
    }

    /**
     * Sets the space in bytes for points that are offered but not consumed yet, a power of two; a point needs 56 bytes.
     * Default: 1,048,576.
     *
     * @param ringLength 4,096 to 1,073,741,824.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withRingLength(final int ringLength) {
        return with(Bound.RING_LENGTH, ringLength);
    }

    /** {@return the capacity set by {@link #withFirstMapEntries}} */
    public int firstMapEntries() {
        return (int) get(Bound.FIRST_MAP_ENTRIES);
    }

    /**
     * Sets the initial capacity of the store in series, and in blocks of each size, a power of two. It grows
     * automatically. A data directory keeps its first value. Default: 128.
     *
     * @param firstMapEntries 128 to 1,048,576.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withFirstMapEntries(final int firstMapEntries) {
        return with(Bound.FIRST_MAP_ENTRIES, firstMapEntries);
    }

    /** {@return the limit set by {@link #withDrainLimit}} */
    public int drainLimit() {
        return (int) get(Bound.DRAIN_LIMIT);
    }

    /**
     * Sets the limit of records taken from the ring at a time. They are logged as one frame, and then applied. Default:
     * 64.
     *
     * @param drainLimit 1 to 256.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withDrainLimit(final int drainLimit) {
        return with(Bound.DRAIN_LIMIT, drainLimit);
    }

    /** {@return the limit set by {@link #withMaxReadAttempts}} */
    public int maxReadAttempts() {
        return (int) get(Bound.MAX_READ_ATTEMPTS);
    }

    /**
     * Sets the number of attempts to read a series that keeps changing; the read then returns CONTENDED. Default:
     * 10,000.
     *
     * @param maxReadAttempts 1 to {@value Integer#MAX_VALUE}.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxReadAttempts(final int maxReadAttempts) {
        return with(Bound.MAX_READ_ATTEMPTS, maxReadAttempts);
    }

    /** {@return the limit set by {@link #withMaxPatternCount}} */
    public int maxPatternCount() {
        return (int) get(Bound.MAX_PATTERN_COUNT);
    }

    /**
     * Sets the limit of patterns in window registrations. Each pattern takes 320 bytes outside the heap, and some
     * hundred bytes of heap for each of its segments. Default: 65,536.
     *
     * @param maxPatternCount 1 to 1,048,576.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxPatternCount(final int maxPatternCount) {
        return with(Bound.MAX_PATTERN_COUNT, maxPatternCount);
    }

    /** {@return the limit set by {@link #withMaxGroupCount}} */
    public int maxGroupCount() {
        return (int) get(Bound.MAX_GROUP_COUNT);
    }

    /**
     * Sets the limit of groups and hierarchies registered while an engine is open. Each definition of a series is
     * checked against all of them. They do not survive a close. Default: 1,024.
     *
     * @param maxGroupCount 0 to 65,536.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxGroupCount(final int maxGroupCount) {
        return with(Bound.MAX_GROUP_COUNT, maxGroupCount);
    }

    /** {@return the limit set by {@link #withMaxSubscriptionCount}} */
    public int maxSubscriptionCount() {
        return (int) get(Bound.MAX_SUBSCRIPTION_COUNT);
    }

    /**
     * Sets the limit of subscriptions and named panel watches at a time. Default: 64.
     *
     * @param maxSubscriptionCount 0 to {@value PanelLedger#MAX_NAMES}.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxSubscriptionCount(final int maxSubscriptionCount) {
        return with(Bound.MAX_SUBSCRIPTION_COUNT, maxSubscriptionCount);
    }

    /** {@return the limit set by {@link #withMaxUpdateQueueCount}} */
    public int maxUpdateQueueCount() {
        return (int) get(Bound.MAX_UPDATE_QUEUE_COUNT);
    }

    /**
     * Sets the limit of update queues at a time, including those of listeners. Default: 64.
     *
     * @param maxUpdateQueueCount 0 to 1,024.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxUpdateQueueCount(final int maxUpdateQueueCount) {
        return with(Bound.MAX_UPDATE_QUEUE_COUNT, maxUpdateQueueCount);
    }

    /** {@return the limit set by {@link #withMaxBatchPointCount}} */
    public int maxBatchPointCount() {
        return (int) get(Bound.MAX_BATCH_POINT_COUNT);
    }

    /**
     * Sets the limit of points and withdrawals in a batch; 124 bytes for each. Default: 32,768.
     *
     * @param maxBatchPointCount 1 to 1,048,576.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxBatchPointCount(final int maxBatchPointCount) {
        return with(Bound.MAX_BATCH_POINT_COUNT, maxBatchPointCount);
    }

    /** {@return the limit set by {@link #withMaxOpenBatchCount}} */
    public int maxOpenBatchCount() {
        return (int) get(Bound.MAX_OPEN_BATCH_COUNT);
    }

    /**
     * Sets the limit of batches that are open, or committed but not applied yet. Each takes 48 bytes outside the heap
     * per allowed point, allocated on first use. Default: 16.
     *
     * @param maxOpenBatchCount 1 to 1,024.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxOpenBatchCount(final int maxOpenBatchCount) {
        return with(Bound.MAX_OPEN_BATCH_COUNT, maxOpenBatchCount);
    }

    /** {@return the timeout set by {@link #withBatchTimeoutNs}} */
    public long batchTimeoutNs() {
        return get(Bound.BATCH_TIMEOUT_NS);
    }

    /**
     * Sets the time in nanoseconds after which an open batch is aborted. Default: 60,000,000,000.
     *
     * @param batchTimeoutNs 1 to {@value Long#MAX_VALUE}.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withBatchTimeoutNs(final long batchTimeoutNs) {
        return with(Bound.BATCH_TIMEOUT_NS, batchTimeoutNs);
    }

    /** {@return the limit set by {@link #withMaxRefusalsKept}} */
    public int maxRefusalsKept() {
        return (int) get(Bound.MAX_REFUSALS_KEPT);
    }

    /**
     * Sets the number of last refusals kept in memory, 72 bytes each. Default: 1,024.
     *
     * @param maxRefusalsKept 1 to 1,048,576.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxRefusalsKept(final int maxRefusalsKept) {
        return with(Bound.MAX_REFUSALS_KEPT, maxRefusalsKept);
    }

    /** {@return the limit set by {@link #withMaxLatenessPatternCount}} */
    public int maxLatenessPatternCount() {
        return (int) get(Bound.MAX_LATENESS_PATTERN_COUNT);
    }

    /**
     * Sets the limit of patterns with measured lateness; 60 KB each. Default: 32.
     *
     * @param maxLatenessPatternCount 0 to 62.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxLatenessPatternCount(final int maxLatenessPatternCount) {
        return with(Bound.MAX_LATENESS_PATTERN_COUNT, maxLatenessPatternCount);
    }

    /** {@return the limit set by {@link #withMaxUpdatesKept}} */
    public int maxUpdatesKept() {
        return (int) get(Bound.MAX_UPDATES_KEPT);
    }

    /**
     * Sets the limit of updates that each BLOCK queue keeps beyond its capacity while the engine cannot wait for room.
     * They are on the heap, 170 bytes each. Default: 65,536.
     *
     * @param maxUpdatesKept 1 to 8,388,608.
     * @return limits with this value.
     * @throws IllegalArgumentException if it is out of range.
     */
    public Limits withMaxUpdatesKept(final int maxUpdatesKept) {
        return with(Bound.MAX_UPDATES_KEPT, maxUpdatesKept);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Limits limits && Arrays.equals(values, limits.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** {@return all limits by name} */
    @Override
    public String toString() {
        return Arrays.stream(Bound.values())
                .map(bound -> bound.label() + "=" + get(bound))
                .collect(Collectors.joining(" ", "Limits[", "]"));
    }
}
