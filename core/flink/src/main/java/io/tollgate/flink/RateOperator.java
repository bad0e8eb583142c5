package io.tollgate.flink;

import io.tollgate.api.series.Instants;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs an engine in a subtask, as a write-back cache over keyed state. A partition is loaded when its key is first
 * seen, and its new operations are added to the state before each checkpoint. Runs on the thread of the task.
 *
 * <p>Timers of event time give the answers at the valid times of pending points and on the grid of the job. They also
 * lead the watches through time.
 */
final class RateOperator extends AbstractStreamOperator<RateAnswer>
        implements OneInputStreamOperator<PointRecord, RateAnswer>, Triggerable<String, String> {
    static final long NS_PER_MS = 1_000_000;

    private static final long serialVersionUID = 1L;

    /** Namespaces of timers: two begin with these letters, and continue with the key of a series. */
    private static final String ANSWER = "a";

    private static final String WATCH = "w";
    private static final String QUERIES = "q";

    /** A partition with more new operations is written to the state before the next checkpoint, to bound the heap. */
    private static final int MAX_PENDING_BYTES = 1 << 18;

    /** The memory is checked once in so many points. */
    private static final int POINTS_PER_CHECK = 1 << 12;

    private final RateStream stream;

    private transient ListState<byte[]> state;
    private transient InternalTimerService<String> timers;
    private transient SubtaskEngine engine;
    private transient SubtaskMetrics metrics;
    private transient OffHeapBudget budget;
    private transient List<TogetherQuery> queries;
    private transient boolean hasWatches;
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
        budget = OffHeapBudget.of(
                getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration());
        budget.requirePlanned(stream.plannedBytes());
        engine = new SubtaskEngine(stream);
        queries = stream.queries();
        hasWatches = !stream.watches().isEmpty();
        partitions = new HashMap<>();
        dirty = new LinkedHashMap<>();
        timers = getInternalTimerService("tollgate", StringSerializer.INSTANCE, this);
        metrics = new SubtaskMetrics(getMetricGroup(), budget, partitions, dirty);
        checkMemory();
    }

    @Override
    public void processElement(final StreamRecord<PointRecord> element) throws Exception {
        final String key = (String) getCurrentKey();
        final Partition partition = partition(key);
        final PointRecord point = known(element);
        final SubtaskEngine.Applied applied = engine.apply(partition, point);
        final SeriesTrack track = applied.track();
        if (track == null) {
            metrics.countRefused();
            output.collect(RateStream.REFUSED, element.replace(applied.refusal()));
            return;
        }
        dirty.put(key, partition);
        engine.current().read(track, point.knownAtNs(), emitter(point.knownAtNs()));
        ask(key, partition, engine.current(), point.knownAtNs());
        registerTimers(track.series().key(), point);
        if (partition.pendingBytes() > MAX_PENDING_BYTES) {
            flush(partition);
            dirty.remove(key);
        }
        if (metrics.countAccepted() % POINTS_PER_CHECK == 0) {
            checkMemory();
        }
    }

    private void checkMemory() {
        final long offHeapBytes = engine.offHeapBytes();
        metrics.measured(offHeapBytes);
        budget.requireUsed(offHeapBytes);
    }

    /** Returns the point with a knowledge time: its own, or the timestamp of the element. */
    private static PointRecord known(final StreamRecord<PointRecord> element) {
        final PointRecord point = element.getValue();
        return point.knownAtNs() == Instants.NONE && element.hasTimestamp()
                ? point.withKnownAt(TimeUnit.MILLISECONDS.toNanos(element.getTimestamp()))
                : point;
    }

    private void ask(final String key, final Partition partition, final SeriesReadings readings, final long atNs) {
        if (!queries.isEmpty()) {
            final Together together = readings == engine.current()
                    ? partition.together(key, readings)
                    : new Together(key, partition, readings, atNs);
            together.ask(queries, atNs, emitter(atNs));
        }
    }

    private void watch(final String key, final Partition partition, final SeriesTrack track, final long timerAtNs) {
        final long atNs = Math.max(timerAtNs, track.watchedAtNs());
        final long timestamp = Math.floorDiv(atNs, NS_PER_MS);
        engine.asOf(atNs, track.lastKnownAtNs())
                .watch(track, atNs, event -> output.collect(RateStream.WATCHES, new StreamRecord<>(event, timestamp)));
        if (track.hasNewWatchStates()) {
            dirty.put(key, partition);
        }
    }

    private Consumer<RateAnswer> emitter(final long atNs) {
        final long timestamp = Math.floorDiv(atNs, NS_PER_MS);
        return answer -> output.collect(new StreamRecord<>(answer, timestamp));
    }

    private void registerTimers(final String series, final PointRecord point) {
        if (hasWatches) {
            timers.registerEventTimeTimer(WATCH + series, timestamp(point.knownAtNs()));
        }
        if (point.timeNs() > point.knownAtNs() && point.kind() != PointRecord.Kind.WITHDRAWAL) {
            registerAnswer(series, timestamp(point.timeNs()));
        }
        if (stream.everyNs() > 0) {
            registerGrid(series, -Math.floorDiv(-point.knownAtNs(), stream.everyNs()));
        }
    }

    /** Returns the first whole millisecond at or after an instant. */
    private static long timestamp(final long instantNs) {
        return -Math.floorDiv(-instantNs, NS_PER_MS);
    }

    private void registerGrid(final String series, final long step) {
        if (step <= Math.floorDiv(stream.everyUntilNs(), stream.everyNs())) {
            registerAnswer(series, step * (stream.everyNs() / NS_PER_MS));
        }
    }

    /** The service keeps one timer of a namespace and an instant. */
    private void registerAnswer(final String series, final long timestamp) {
        timers.registerEventTimeTimer(ANSWER + series, timestamp);
        if (hasWatches) {
            timers.registerEventTimeTimer(WATCH + series, timestamp);
        }
        if (!queries.isEmpty()) {
            timers.registerEventTimeTimer(QUERIES, timestamp);
        }
    }

    @Override
    public void onEventTime(final InternalTimer<String, String> timer) throws Exception {
        final String key = timer.getKey();
        final String name = timer.getNamespace();
        final Partition partition = partition(key);
        final long atNs = timer.getTimestamp() * NS_PER_MS;
        if (name.equals(QUERIES)) {
            ask(key, partition, engine.asOf(atNs, partition.lastKnownAtNs()), atNs);
            return;
        }
        final String series = name.substring(ANSWER.length());
        if (name.startsWith(WATCH)) {
            watch(key, partition, partition.track(series), atNs);
            return;
        }
        final SeriesTrack track = partition.track(series);
        engine.asOf(atNs, track.lastKnownAtNs()).read(track, atNs, emitter(atNs));
        final boolean isEndless = stream.everyUntilNs() == Instants.MAX;
        if (stream.everyNs() > 0
                && atNs % stream.everyNs() == 0
                && !(isEndless && timers.currentWatermark() == Long.MAX_VALUE)) {
            registerGrid(series, atNs / stream.everyNs() + 1);
        }
    }

    @Override
    public void onProcessingTime(final InternalTimer<String, String> timer) {
        throw new IllegalStateException("timer=" + timer + ", expected timers of event time only");
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
            engine.advanceTo(TimeUnit.MILLISECONDS.toNanos(mark.getTimestamp()));
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
        checkMemory();
        super.snapshotState(context);
    }

    private void flush(final Partition partition) throws Exception {
        metrics.countImages(partition.flush(state, engine::image, stream.imageFactor()));
    }

    @Override
    public void close() throws Exception {
        if (engine != null) {
            engine.close();
        }
        super.close();
    }
}
