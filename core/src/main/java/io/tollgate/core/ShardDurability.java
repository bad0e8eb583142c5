package io.tollgate.core;

import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.OperationLog;
import java.util.function.LongSupplier;

/**
 * Forces what a shard has logged to the disk, and knows how far. One thread forces; any thread asks.
 *
 * <p>What is called durable was applied, and so logged, before the force began.
 */
final class ShardDurability {
    private static final long POSITIONS_INTERVAL_NS = 100_000_000;

    private final OperationLog log;
    private final LogPositions positions;
    private final LongSupplier appliedTicket;
    private final LongSupplier appliedSequence;
    private boolean arePositionsForced = true;
    private long positionsForcedNs = System.nanoTime();
    private volatile long durableTicket;
    private volatile long durableSequence;

    /**
     * @param log             to force.
     * @param positions       to note in what is durable.
     * @param appliedTicket   the last ticket that is applied.
     * @param appliedSequence the last operation that is applied; read after the ticket, it includes it.
     */
    ShardDurability(
            final OperationLog log,
            final LogPositions positions,
            final LongSupplier appliedTicket,
            final LongSupplier appliedSequence) {
        this.log = log;
        this.positions = positions;
        this.appliedTicket = appliedTicket;
        this.appliedSequence = appliedSequence;
        durableSequence = appliedSequence.getAsLong();
    }

    /** Forces what is new, and returns whether there was something. A log that has failed is left alone. */
    int force() {
        final long ticket = appliedTicket.getAsLong();
        final long sequence = appliedSequence.getAsLong();
        if (log.isFailed() || ticket == durableTicket && sequence == durableSequence) {
            return 0;
        }
        log.forceAppended();
        positions.durable(sequence);
        arePositionsForced = false;
        durableSequence = sequence;
        durableTicket = ticket;
        return 1;
    }

    /**
     * Forces the note of what is durable, some time after it was made. Where the disk refuses, the log fails for good:
     * the disk says so once, and a log that is cut would not be told from a shorter one afterwards.
     */
    void forcePositions(final long nowNs) {
        if (arePositionsForced || log.isFailed() || nowNs - positionsForcedNs < POSITIONS_INTERVAL_NS) {
            return;
        }
        try {
            positions.force();
        } catch (final RuntimeException e) {
            log.fail(e);
            throw e;
        }
        arePositionsForced = true;
        positionsForcedNs = nowNs;
    }

    /** The last ticket that is on disk with all before it. */
    long durableTicket() {
        return durableTicket;
    }

    /** The last operation that is on disk with all before it. */
    long durableSequence() {
        return durableSequence;
    }
}
