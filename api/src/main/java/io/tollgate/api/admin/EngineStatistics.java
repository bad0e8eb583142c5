package io.tollgate.api.admin;

import io.tollgate.api.series.DuplicatePolicy;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Counters of an engine since it was opened, and the sizes of its contents.
 *
 * @param seriesCount       defined series.
 * @param appliedCount      applied points and withdrawals.
 * @param revisedCount      of the applied ones, points that revised an earlier point or were added to it.
 * @param unchangedCount    of the applied ones, points equal to the current one ({@link DuplicatePolicy}).
 * @param lateCount         of the applied ones, new points earlier than the last one of their series.
 * @param ignoredCount      of the applied ones, points without effect ({@link DuplicatePolicy#KEEP_FIRST}).
 * @param withdrawnCount    of the applied ones, withdrawals.
 * @param refusedCounts     refused points and withdrawals by reason; reasons without any are absent.
 * @param contendedCount    reads that ended as CONTENDED.
 * @param backPressureCount offers that ended as BACK_PRESSURED.
 * @param offHeapBytes      bytes of memory off the Java heap, or mapped from files, for series and points.
 * @param stallCount        the number of times that the writer waited for the store or the log to grow.
 * @param batchCounts       the outcomes of batches.
 * @param checkpointCounts  the outcomes of checkpoints.
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
     * @param seriesCount       defined series.
     * @param appliedCount      applied points and withdrawals.
     * @param revisedCount      of the applied ones, points that revised an earlier point or were added to it.
     * @param unchangedCount    of the applied ones, points equal to the current one ({@link DuplicatePolicy}).
     * @param lateCount         of the applied ones, new points earlier than the last one of their series.
     * @param ignoredCount      of the applied ones, points without effect ({@link DuplicatePolicy#KEEP_FIRST}).
     * @param withdrawnCount    of the applied ones, withdrawals.
     * @param refusedCounts     refused points and withdrawals by reason.
     * @param contendedCount    reads that ended as CONTENDED.
     * @param backPressureCount offers that ended as BACK_PRESSURED.
     * @param offHeapBytes      bytes of memory off the Java heap, or mapped from files, for series and points.
     * @param stallCount        the number of times that the writer waited for the store or the log to grow.
     * @param batchCounts       the outcomes of batches.
     * @param checkpointCounts  the outcomes of checkpoints.
     */
    public EngineStatistics {
        Objects.requireNonNull(batchCounts, "batchCounts");
        Objects.requireNonNull(checkpointCounts, "checkpointCounts");
        Objects.requireNonNull(refusedCounts, "refusedCounts");
        refusedCounts = Map.copyOf(refusedCounts);
    }

    /** {@return the statistics in words, one line for each subject} */
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
