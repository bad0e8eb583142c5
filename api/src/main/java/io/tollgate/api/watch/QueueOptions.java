package io.tollgate.api.watch;

import java.util.Objects;

/**
 * How a queue of updates is made. Immutable; the {@code with} methods return a changed copy.
 *
 * @param capacity how many updates it holds, a power of two from 2 to 8,388,608; each takes 128 bytes
 *                 outside the heap.
 * @param whenFull what becomes of an update for which there is no room.
 */
public record QueueOptions(int capacity, OverflowPolicy whenFull) {
    /** 16,384 updates, 2 MiB; the oldest are lost where the consumer is too slow. */
    public static final QueueOptions DEFAULT = new QueueOptions(1 << 14, OverflowPolicy.DROP_OLDEST);

    private static final int MAX_CAPACITY = 1 << 23;

    /**
     * Checks the options.
     *
     * @param capacity how many updates it holds, a power of two from 2 to 8,388,608; each takes 128
     *                 bytes outside the heap.
     * @param whenFull what becomes of an update for which there is no room.
     * @throws IllegalArgumentException if the capacity is another number.
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
     * The same with another capacity.
     *
     * @param updates how many it holds, a power of two from 2 to 8,388,608.
     * @return the changed options.
     * @throws IllegalArgumentException if it is another number.
     */
    public QueueOptions withCapacity(final int updates) {
        return new QueueOptions(updates, whenFull);
    }

    /**
     * The same with another policy.
     *
     * @param policy what becomes of an update for which there is no room.
     * @return the changed options.
     */
    public QueueOptions withWhenFull(final OverflowPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return new QueueOptions(capacity, policy);
    }
}
