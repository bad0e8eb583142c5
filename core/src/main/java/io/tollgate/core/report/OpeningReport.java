package io.tollgate.core.report;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/**
 * What a data directory was opened from.
 *
 * @param origin             what it was made from.
 * @param checkpointSequence the last operation in the checkpoint that it was started from, 0 if from none.
 * @param lastSequence       the last operation of its log.
 * @param readCount          operations of the log that were applied: those behind the checkpoint, or all.
 * @param durationNs         how long that took.
 */
@NullMarked
public record OpeningReport(
        Origin origin, long checkpointSequence, long lastSequence, long readCount, long durationNs) {
    /** What it can be made from. */
    public enum Origin {
        /** Its store, as it was closed. */
        CLOSED,
        /** A checkpoint, and the log behind it: of the log before nothing is read. */
        CHECKPOINT,
        /** All of the log; also where there was nothing yet. */
        LOG
    }

    /**
     * The report in one line.
     *
     * @return where it was made from, how many operations were read, and how long it took.
     */
    @Override
    public String toString() {
        final String from = switch (origin) {
            case CLOSED -> "as it was closed: lastSequence=" + lastSequence;
            case CHECKPOINT ->
                "from the checkpoint at sequence=" + checkpointSequence + " and " + readCount
                        + " operations of the log behind it, up to sequence=" + lastSequence;
            case LOG -> "from the log: " + readCount + " operations, up to sequence=" + lastSequence;
        };
        return from + String.format(Locale.ROOT, ", in %.3f s", (double) durationNs / TimeUnit.SECONDS.toNanos(1));
    }
}
