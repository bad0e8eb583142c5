package io.tollgate.flink;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs an engine in a subtask, as a write-back cache over keyed state. A partition is loaded when its key is first
 * seen, and its new operations are added to the state before each checkpoint. Runs on the thread of the task.
 */
final class RateOperator extends AbstractStreamOperator<RateAnswer>
        implements OneInputStreamOperator<PointRecord, RateAnswer> {
    private static final long serialVersionUID = 1L;
    private static final long NS_PER_MS = 1_000_000;

    /** A partition with more new operations is written to the state before the next checkpoint, to bound the heap. */
    private static final int MAX_PENDING_BYTES = 1 << 18;

    private final RateStream stream;

    private transient ListState<byte[]> state;
    private transient SubtaskEngine engine;
    private transient Map<String, Partition> partitions;
    private transient Map<String, Partition> dirty;

    RateOperator(final RateStream stream) {
        this.stream = stream;
    }

    @Override
    public void initializeState(final StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getKeyedStateStore()
                .getListState(
                        new ListStateDescriptor<>("tollgate", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void open() throws Exception {
        super.open();
        engine = new SubtaskEngine(stream);
        partitions = new HashMap<>();
        dirty = new LinkedHashMap<>();
    }

    @Override
    public void processElement(final StreamRecord<PointRecord> element) throws Exception {
        final String key = (String) getCurrentKey();
        final Partition partition = partition(key);
        final PointRecord point = known(element);
        final SubtaskEngine.Applied applied = engine.apply(partition, point);
        if (applied.refusal() != null) {
            output.collect(RateStream.REFUSED, element.replace(applied.refusal()));
            return;
        }
        dirty.put(key, partition);
        if (partition.pendingBytes() > MAX_PENDING_BYTES) {
            flush(partition);
            dirty.remove(key);
        }
        final long timestamp = Math.floorDiv(point.knownAtNs(), NS_PER_MS);
        engine.read(
                applied.track(), point.knownAtNs(), answer -> output.collect(new StreamRecord<>(answer, timestamp)));
    }

    /** Returns the point with a knowledge time: its own, or the timestamp of the element. */
    private static PointRecord known(final StreamRecord<PointRecord> element) {
        final PointRecord point = element.getValue();
        return point.knownAtNs() == io.tollgate.api.series.Instants.NONE && element.hasTimestamp()
                ? point.withKnownAt(java.util.concurrent.TimeUnit.MILLISECONDS.toNanos(element.getTimestamp()))
                : point;
    }

    /** Returns the partition of the current key, with the series of its state. */
    private Partition partition(final String key) throws Exception {
        Partition partition = partitions.get(key);
        if (partition == null) {
            partition = new Partition();
            for (final byte[] entry : state.get()) {
                engine.load(partition, entry);
            }
            partitions.put(key, partition);
        }
        return partition;
    }

    @Override
    public void processWatermark(final Watermark mark) throws Exception {
        if (!mark.equals(Watermark.MAX_WATERMARK)) {
            engine.advanceTo(java.util.concurrent.TimeUnit.MILLISECONDS.toNanos(mark.getTimestamp()));
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(final StateSnapshotContext context) throws Exception {
        for (final Map.Entry<String, Partition> changed : dirty.entrySet()) {
            setCurrentKey(changed.getKey());
            flush(changed.getValue());
        }
        dirty.clear();
        super.snapshotState(context);
    }

    private void flush(final Partition partition) throws Exception {
        partition.flush(state, engine::image, stream.imageFactor());
    }

    @Override
    public void close() throws Exception {
        if (engine != null) {
            engine.close();
        }
        super.close();
    }
}
