package io.tollgate.core;

import io.tollgate.api.BatchCounts;
import io.tollgate.api.CheckpointCounts;
import io.tollgate.api.EngineStatistics;
import io.tollgate.api.RefusalReason;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.log.OperationLog;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Adds up what the shards of an engine have counted. Any thread, while the engine is open. */
final class StatisticsSum {
    private final List<ShardWorker> workers;
    private final BatchSlots slots;

    StatisticsSum(final List<ShardWorker> workers, final BatchSlots slots) {
        this.workers = workers;
        this.slots = slots;
    }

    EngineStatistics statistics(
            final long contendedCount, final long backPressureCount, final CheckpointCounts checkpointCounts) {
        return new EngineStatistics(
                sum(worker -> worker.shard().store().seriesCount()),
                sum(worker -> worker.shard().applier().counts().appliedCount()),
                sum(worker -> worker.shard().applier().counts().revisedCount()),
                sum(worker -> worker.shard().applier().counts().lateCount()),
                sum(worker -> worker.shard().applier().counts().ignoredCount()),
                sum(worker -> worker.shard().applier().counts().withdrawnCount()),
                refusedCounts(),
                contendedCount,
                backPressureCount,
                sum(worker -> worker.shard().store().bytes()),
                sum(StatisticsSum::stallCount),
                new BatchCounts(
                        slots.appliedCount(), slots.refusedCount(), slots.abortedCount(), slots.timedOutCount()),
                checkpointCounts);
    }

    private long sum(final ToLongFunction<ShardWorker> count) {
        return workers.stream().mapToLong(count).sum();
    }

    private static long stallCount(final ShardWorker worker) {
        return worker.shard().store().stallCount()
                + worker.shard().log().map(OperationLog::stalls).orElse(0L);
    }

    private Map<RefusalReason, Long> refusedCounts() {
        final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        for (final RefusalReason reason : RefusalReason.values()) {
            final long count = sum(worker -> worker.admission().refusedCount(reason));
            if (count > 0) {
                refused.put(reason, count);
            }
        }
        return refused;
    }
}
