package io.tollgate.core.store;

import java.util.Optional;

/**
 * Which shard of how many: what decides where a series lies, and how its number names that place. Immutable.
 *
 * <pre>
 *   series number = position in its shard x 2^bits + index of the shard,   bits = 0 of one shard, 1 of two, 3 of five
 * </pre>
 *
 * <p>So numbers are unique in an engine, those of a single shard are 0, 1, 2, ..., and a number leads to its record by
 * a shift and one look-up. A data directory depends on all of this: it never changes.
 *
 * @param index of the shard, from 0.
 * @param count of the shards.
 */
public record ShardPlace(int index, int count) {
    /** Most shards of an engine. */
    public static final int MAX_COUNT = 64;

    /** The place of a single shard. */
    public static final ShardPlace SINGLE = new ShardPlace(0, 1);

    /** 2^64 divided by the golden ratio: spreads hash codes over all bits. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /**
     * Checks the place.
     *
     * @param index of the shard, from 0.
     * @param count of the shards.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public ShardPlace {
        if (!isOne(index, count)) {
            throw new IllegalArgumentException("shardIndex=" + index + " shardCount=" + count
                    + ", expected an index below the count, and a count from 1 to " + MAX_COUNT);
        }
    }

    /**
     * The place that two numbers are, whatever they are.
     *
     * @param index of a shard.
     * @param count of the shards.
     * @return the place, empty if it cannot be.
     */
    static Optional<ShardPlace> of(final int index, final int count) {
        return isOne(index, count) ? Optional.of(new ShardPlace(index, count)) : Optional.empty();
    }

    private static boolean isOne(final int index, final int count) {
        return count >= 1 && count <= MAX_COUNT && index >= 0 && index < count;
    }

    /**
     * The index of the shard that a series belongs to.
     *
     * @param key   of the series.
     * @param count of the shards.
     * @return from 0 to below the count, spread evenly over the keys.
     */
    public static int indexOf(final String key, final int count) {
        final long spread = key.hashCode() * SPREAD >>> Integer.SIZE;
        return (int) (spread * count >>> Integer.SIZE);
    }

    /**
     * How many low bits of a number name the shard.
     *
     * @param count of the shards.
     * @return 0 of a single one.
     */
    public static int bits(final int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    /**
     * The number of a series.
     *
     * @param position of the series in this shard, from 0.
     * @return its number in the engine.
     */
    public long number(final long position) {
        return position << bits(count) | index;
    }

    /**
     * Whether a number is one of this shard.
     *
     * @param number of a series.
     * @return true also where there is no such series.
     */
    public boolean has(final long number) {
        return indexOf(number, count) == index;
    }

    /**
     * The position of a series in its shard.
     *
     * @param number of the series.
     * @param count  of shards.
     * @return the position, from 0.
     */
    public static long position(final long number, final int count) {
        return number >>> bits(count);
    }

    /**
     * The shard of a series.
     *
     * @param number of the series.
     * @param count  of shards.
     * @return its index; not below the count where there is no such series.
     */
    public static int indexOf(final long number, final int count) {
        return (int) (number & (1L << bits(count)) - 1);
    }
}
