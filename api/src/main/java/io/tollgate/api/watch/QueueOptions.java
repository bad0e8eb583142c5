package io.tollgate.api.watch;

import java.util.Objects;

/**
 * The options of a queue of updates. Immutable; the {@code with} methods return a changed copy.
 *
 * <pre>{@code
 * QueueOptions lossless = QueueOptions.DEFAULT.withCapacity(1 << 16).withWhenFull(OverflowPolicy.BLOCK);
 * }</pre>
 *
 * @param capacity the number of updates that it holds, a power of two from 2 to 8,388,608; each takes 128 bytes off the
 *                 heap.
 * @param whenFull the action if the queue is full.
 */
public record QueueOptions(int capacity, OverflowPolicy whenFull) {
    /** 16,384 updates (2 MiB); a full queue drops its oldest updates. */
    public static final QueueOptions DEFAULT = new QueueOptions(1 << 14, OverflowPolicy.DROP_OLDEST);

    private static final int MAX_CAPACITY = 1 << 23;

    /**
     * Checks the options.
     *
     * @param capacity the number of updates that it holds, a power of two from 2 to 8,388,608.
     * @param whenFull the action if the queue is full.
     * @throws IllegalArgumentException if the capacity is not such a power of two.
     */
    public QueueOptions {
        Objects.requireNonNull(whenFull, "whenFull");
        if (capacity < 2 || capacity > MAX_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "queueCapacity=" + capacity + ", expected a power of two from 2 to " + MAX_CAPACITY);
        }
        Objects.requireNonNull(whenFull, "whenFull");
    }

    /**
     * Returns a copy with another capacity.
     *
     * @param updates the number of updates that it holds, a power of two from 2 to 8,388,608.
     * @return the changed options.
     * @throws IllegalArgumentException if the capacity is not such a power of two.
     */
    public QueueOptions withCapacity(final int updates) {
        return new QueueOptions(updates, whenFull);
    }

    /**
     * Returns a copy with another overflow policy.
     *
     * @param policy the action if the queue is full.
     * @return the changed options.
     */
    public QueueOptions withWhenFull(final OverflowPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return new QueueOptions(capacity, policy);
    }
}
