package io.tollgate.core.manifest;

import io.tollgate.core.log.OperationLog;
import java.util.function.LongSupplier;

/**
 * Forces the log to disk, and records the durable position. One thread forces; any thread may read the position.
 *
 * <p>The order matters. First the last ticket is read, then the last operation, which includes every operation that the
 * ticket depends on. Then the log is forced. Only after that both are published as durable.
 */
public final class LogDurability {
    private static final long POSITIONS_INTERVAL_NS = 100_000_000;

    private final OperationLog log;
    private final ManifestFile manifest;
    private final LongSupplier appliedTicket;
    private final LongSupplier appliedSequence;
    private boolean arePositionsForced = true;
    private long positionsForcedNs;
    private long forcedSequence;
    private volatile long durableTicket;
    private volatile long durableSequence;

    /**
     * @param log             to force.
     * @param manifest        that records the positions of the log.
     * @param appliedTicket   the last applied ticket.
     * @param appliedSequence the last applied operation.
     */
    public LogDurability(
            final OperationLog log,
            final ManifestFile manifest,
            final LongSupplier appliedTicket,
            final LongSupplier appliedSequence) {
        this.log = log;
        this.manifest = manifest;
        this.appliedTicket = appliedTicket;
        this.appliedSequence = appliedSequence;
        forcedSequence = appliedSequence.getAsLong();
        durableSequence = forcedSequence;
    }

    /** Starts the interval of the position forces. Call it before the first force. */
    public void begin(final long nowNs) {
        positionsForcedNs = nowNs;
    }

    /**
     * Forces new records and publishes them as durable, unless the log has failed. Returns 1 if there were new records.
     */
    public int force() {
        if (log.isFailed()) {
            return 0;
        }
        final long takenTicket = appliedTicket.getAsLong();
        final long takenSequence = appliedSequence.getAsLong();
        final boolean isNew = takenSequence != forcedSequence;
        if (isNew) {
            log.forceAppended();
            manifest.positions().durable(takenSequence);
            arePositionsForced = false;
            forcedSequence = takenSequence;
        }
        durableSequence = takenSequence;
        durableTicket = takenTicket;
        return isNew ? 1 : 0;
    }

    /**
     * Forces the recorded positions at intervals. If the disk fails, the log fails permanently: the disk may report the
     * failure only once, and a truncated log could later not be distinguished from a shorter one.
     */
    public void forcePositions(final long nowNs) {
        if (arePositionsForced || log.isFailed() || nowNs - positionsForcedNs < POSITIONS_INTERVAL_NS) {
            return;
        }
        try {
            manifest.force();
        } catch (final RuntimeException | Error e) {
            log.fail(e);
            throw e;
        }
        arePositionsForced = true;
        positionsForcedNs = nowNs;
    }

    /** Returns the last ticket that is on disk with all earlier ones. */
    public long durableTicket() {
        return durableTicket;
    }

    /** Returns the last operation that is on disk with all earlier ones. */
    public long durableSequence() {
        return durableSequence;
    }
}
