package io.tollgate.core.writer;

import io.tollgate.api.admin.BatchCounts;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.admit.PointRefusals;
import io.tollgate.core.apply.AppliedCounts;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.open.EngineResources;
import java.util.EnumMap;
import java.util.Map;

/** Collects the counters of an engine. Any thread, while the engine is open. */
public final class CountedStatistics {
    private CountedStatistics() {}

    public static EngineStatistics of(
            final EngineWriter writer,
            final BatchSlots slots,
            final long contendedCount,
            final long backPressureCount,
            final CheckpointCounts checkpointCounts) {
        final EngineResources resources = writer.resources();
        final AppliedCounts counts = resources.applier().counts();
        return new EngineStatistics(
                resources.store().seriesCount(),
                counts.appliedCount(),
                counts.revisedCount(),
                counts.unchangedCount(),
                counts.lateCount(),
                counts.ignoredCount(),
                counts.withdrawnCount(),
                refusedCounts(writer.refusals()),
                contendedCount,
                backPressureCount,
                resources.store().bytes(),
                resources.store().stallCount()
                        + resources.log().map(OperationLog::stalls).orElse(0L),
                new BatchCounts(
                        slots.appliedCount(), slots.refusedCount(), slots.abortedCount(), slots.timedOutCount()),
                checkpointCounts);
    }

    private static Map<RefusalReason, Long> refusedCounts(final PointRefusals refusals) {
        final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        for (final RefusalReason reason : RefusalReason.values()) {
            final long count = refusals.count(reason);
            if (count > 0) {
                refused.put(reason, count);
            }
        }
        return refused;
    }
}
