package io.tollgate.api.admin;

import io.tollgate.api.series.DuplicatePolicy;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an engine has done since it was opened, and what it holds.
 *
 * @param seriesCount     series defined.
 * @param appliedCount    points and withdrawals applied since the engine was opened.
 * @param revisedCount    of these, points that revised an earlier one, or were added to it.
 * @param unchangedCount of these, points that said what counts already ({@link DuplicatePolicy}).
 * @param lateCount       of these, new points that came behind a later one of their series.
 * @param ignoredCount    of these, points without effect ({@link DuplicatePolicy#KEEP_FIRST}).
 * @param withdrawnCount  of these, withdrawals.
 * @param refusedCounts   points and withdrawals refused since the engine was opened, by reason; reasons without any
 *                        are left out.
 * @param contendedCount  reads that gave up as CONTENDED.
 * @param backPressureCount offers that found no room.
 * @param offHeapBytes    bytes of memory outside the Java heap, or mapped from files, that hold series and points.
 * @param stallCount      how often applying had to wait for the store or the log to grow.
 * @param batchCounts     what has become of batches.
 * @param checkpointCounts what has become of checkpoints.
 */
public record EngineStatistics(
        long seriesCount,
        long appliedCount,
        long revisedCount,
        long unchangedCount,
        long lateCount,
        long ignoredCount,
        long withdrawnCount,
        Map<RefusalReason, Long> refusedCounts,
        long contendedCount,
        long backPressureCount,
        long offHeapBytes,
        long stallCount,
        BatchCounts batchCounts,
        CheckpointCounts checkpointCounts) {
    /**
     * Copies the refusals.
     *
     * @param seriesCount     series defined.
     * @param appliedCount    points and withdrawals applied since the engine was opened.
     * @param revisedCount    of these, points that revised an earlier one, or were added to it.
     * @param unchangedCount of these, points that said what counts already ({@link DuplicatePolicy}).
     * @param lateCount       of these, new points that came behind a later one of their series.
     * @param ignoredCount    of these, points without effect ({@link DuplicatePolicy#KEEP_FIRST}).
     * @param withdrawnCount  of these, withdrawals.
     * @param refusedCounts   points and withdrawals refused since the engine was opened, by reason; reasons without any
     *                        are left out.
     * @param contendedCount  reads that gave up as CONTENDED.
     * @param backPressureCount offers that found no room.
     * @param offHeapBytes    bytes of memory outside the Java heap, or mapped from files, that hold series and points.
     * @param stallCount      how often applying had to wait for the store or the log to grow.
     * @param batchCounts     what has become of batches.
     * @param checkpointCounts what has become of checkpoints.
     */
    public EngineStatistics {
        Objects.requireNonNull(batchCounts, "batchCounts");
        Objects.requireNonNull(checkpointCounts, "checkpointCounts");
        Objects.requireNonNull(refusedCounts, "refusedCounts");
        refusedCounts = Map.copyOf(refusedCounts);
    }

    /** {@return a line for each subject, in plain words} */
    @Override
    public String toString() {
        return "series: " + seriesCount + ", in " + offHeapBytes + " bytes off the heap, " + stallCount
                + " waits until it grew\npoints: " + appliedCount + " applied (" + revisedCount + " revised, "
                + unchangedCount + " unchanged, " + lateCount + " late, " + ignoredCount + " ignored, "
                + withdrawnCount + " withdrawn), refused " + new TreeMap<>(refusedCounts) + ", "
                + backPressureCount + " back-pressured\nreads: " + contendedCount + " contended\nbatches: "
                + batchCounts + "\ncheckpoints: " + checkpointCounts;
    }
}
