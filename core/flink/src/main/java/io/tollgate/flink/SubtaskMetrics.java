package io.tollgate.flink;

import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of a subtask, in the group {@code tollgate} of the operator. */
final class SubtaskMetrics {
    private final Counter accepted;
    private final Counter refused;
    private final Counter images;

    /** The last measured value, because reporters have threads of their own. */
    private volatile long offHeapBytes;

    SubtaskMetrics(
            final MetricGroup operator,
            final OffHeapBudget budget,
            final Map<String, Partition> partitions,
            final Map<String, Partition> dirty) {
        final MetricGroup group = operator.addGroup("tollgate");
        accepted = group.counter("accepted");
        refused = group.counter("refused");
        images = group.counter("imagesWritten");
        group.<Long, Gauge<Long>>gauge("offHeapBytes", () -> offHeapBytes);
        group.<Long, Gauge<Long>>gauge("offHeapLimitBytes", budget::limitBytes);
        group.<Integer, Gauge<Integer>>gauge("partitionsLoaded", partitions::size);
        group.<Integer, Gauge<Integer>>gauge("partitionsChanged", dirty::size);
    }

    /** Counts an accepted point, and returns the count. */
    long countAccepted() {
        accepted.inc();
        return accepted.getCount();
    }

    void measured(final long newOffHeapBytes) {
        offHeapBytes = newOffHeapBytes;
    }

    void countRefused() {
        refused.inc();
    }

    void countImages(final int count) {
        images.inc(count);
    }
}
