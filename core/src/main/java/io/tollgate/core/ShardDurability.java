package io.tollgate.core;

import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.OperationLog;
import java.util.function.LongSupplier;

/**
 * Forces what a shard has logged to the disk, and knows how far. One thread forces; any thread asks.
 *
 * <p>What is called durable was applied, and so logged, before the force began. A batch of several shards is in the
 * logs of all of them before it counts as applied on any. So the tickets of all shards are taken first, then the
 * operations, which have all that any ticket rests on; then all logs are forced, and only then is anything durable.
 */
final class ShardDurability {
    private static final long POSITIONS_INTERVAL_NS = 100_000_000;

    private final OperationLog log;
    private final LogPositions positions;
    private final LongSupplier appliedTicket;
    private final LongSupplier appliedSequence;
    private boolean arePositionsForced = true;
    private long positionsForcedNs;
    private long takenTicket;
    private long takenSequence;
    private long forcedSequence;
    private volatile long durableTicket;
    private volatile long durableSequence;

    /**
     * @param log             to force.
     * @param positions       to note in what is durable.
     * @param appliedTicket   the last ticket that is applied.
     * @param appliedSequence the last operation that is applied.
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
        forcedSequence = appliedSequence.getAsLong();
        durableSequence = forcedSequence;
    }

    /** Measures time from now on; before anything is forced. */
    void begin(final long nowNs) {
        positionsForcedNs = nowNs;
    }

    /** Takes the last ticket that is applied, before any shard takes its last operation. */
    void takeTicket() {
        takenTicket = appliedTicket.getAsLong();
    }

    /** Takes the last operation that is applied, after all shards have taken their tickets. */
    void takeSequence() {
        takenSequence = appliedSequence.getAsLong();
    }

    /** Forces what is new up to the operation taken, and returns whether there was something. */
    int force() {
        if (takenSequence == forcedSequence) {
            return 0;
        }
        log.forceAppended();
        positions.durable(takenSequence);
        arePositionsForced = false;
        forcedSequence = takenSequence;
        return 1;
    }

    /** Calls what was taken durable, after all shards have forced theirs. */
    void publish() {
        durableSequence = takenSequence;
        durableTicket = takenTicket;
    }

    /** Whether the log has failed: it is forced no more, and nothing that may rest on it becomes durable. */
    boolean isFailed() {
        return log.isFailed();
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
        } catch (final RuntimeException | Error e) {
            log.fail(e);
            throw e;
        }
        arePositionsForced = true;
        positionsForcedNs = nowNs;
    }

    /** The last ticket that is on disk with all before it, on other shards too where it is one of a batch. */
    long durableTicket() {
        return durableTicket;
    }

    /** The last operation that is on disk with all before it. */
    long durableSequence() {
        return durableSequence;
    }
}
