package io.tollgate.core.ingest;

/**
 * A ticket names a shard, and a position on its ring behind the point: {@code position x 2^bits + shard}. Of a single
 * shard it is the position.
 */
public final class ShardTicket {
    private ShardTicket() {}

    static long of(final long position, final int shard, final int shardBits) {
        return position << shardBits | shard;
    }

    /**
     * The shard of a ticket.
     *
     * @param ticket    above 0.
     * @param shardBits how many bits name the shard.
     * @return its index, which may be none where the ticket was not given out.
     */
    public static int shard(final long ticket, final int shardBits) {
        return (int) ticket & (1 << shardBits) - 1;
    }

    /**
     * The position of a ticket.
     *
     * @param ticket    above 0.
     * @param shardBits how many bits name the shard.
     * @return the position on the ring up to which all must be applied.
     */
    public static long position(final long ticket, final int shardBits) {
        return ticket >>> shardBits;
    }
}
