package io.tollgate.core.manifest;

import io.tollgate.core.log.OperationLog;
import java.util.function.LongSupplier;

/**
 * Forces the log to the disk, and knows how far. One thread forces; any thread asks.
 *
 * <p>What is called durable was applied, and so logged, before the force began. So the last ticket is taken first, then
 * the last operation, which has all that the ticket rests on; then the log is forced, and only then is it durable.
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
     * @param manifest        that has the positions of the log.
     * @param appliedTicket   the last ticket that is applied.
     * @param appliedSequence the last operation that is applied.
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

    /** Measures time from now on; before anything is forced. */
    public void begin(final long nowNs) {
        positionsForcedNs = nowNs;
    }

    /** Forces what is new, unless the log has failed, and calls durable what is in it; whether there was something. */
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
     * Forces the note of what is durable, some time after it was made. Where the disk refuses, the log fails for good:
     * the disk says so once, and a log that is cut would not be told from a shorter one afterwards.
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

    /** The last ticket that is on disk with all before it. */
    public long durableTicket() {
        return durableTicket;
    }

    /** The last operation that is on disk with all before it. */
    public long durableSequence() {
        return durableSequence;
    }
}
