package io.tollgate.core.report;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/**
 * The report of the opening of a data directory.
 *
 * @param origin             the source of the store.
 * @param checkpointSequence the last operation of the checkpoint used, 0 if none was used.
 * @param lastSequence       the last operation of its log.
 * @param readCount          the number of applied log operations: those after the checkpoint, or all.
 * @param durationNs         the duration of the opening.
 */
@NullMarked
public record OpeningReport(
        Origin origin, long checkpointSequence, long lastSequence, long readCount, long durationNs) {
    /** The sources of a store. */
    public enum Origin {
        /** The store as it was closed. */
        CLOSED,
        /** A checkpoint, and the log after it. The log before the checkpoint is not read. */
        CHECKPOINT,
        /** The whole log; also for a new directory. */
        LOG
    }

    /**
     * Formats the report in one line.
     *
     * @return the source, the number of operations read, and the duration.
     */
    @Override
    public String toString() {
        final String from = switch (origin) {
            case CLOSED -> "as it was closed: lastSequence=" + lastSequence;
            case CHECKPOINT ->
                "from the checkpoint at sequence=" + checkpointSequence + " and " + readCount
                        + " later operations of the log, up to sequence=" + lastSequence;
            case LOG -> "from the log: " + readCount + " operations, up to sequence=" + lastSequence;
        };
        return from + String.format(Locale.ROOT, ", in %.3f s", (double) durationNs / TimeUnit.SECONDS.toNanos(1));
    }
}
