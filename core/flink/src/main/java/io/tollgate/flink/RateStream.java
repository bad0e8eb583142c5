package io.tollgate.flink;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.config.Limits;
import io.tollgate.core.report.Footprint;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Turns a stream of points into a stream of exact answers: an engine in each subtask, over the keyed state of Flink.
 * Immutable; the methods return a changed copy.
 *
 * <pre>{@code
 * RateStream rates = RateStream.of(SeriesTemplate.step("tariff.*", Unit.PERCENT, 2))
 *         .read(Window.sliding(Duration.ofDays(30)), Metric.MEAN, Metric.SD);
 * SingleOutputStreamOperator<RateAnswer> answers = rates.applyTo(points).uid("tollgate");
 * answers.getSideOutput(RateStream.REFUSED).sinkTo(refused);
 * }</pre>
 *
 * <p>Each accepted point or withdrawal gives one answer for each window and metric, at its knowledge time. A pending
 * point gives another one when the watermark passes its valid time: at that time, as then known. Points may be late,
 * revised or withdrawn, as in any engine; the watermark never drops one. The knowledge times of a series must not
 * decrease, so all points of a series must come in order from one partition of the source.
 *
 * <p>The graph of a job has a copy of this object, by Java serialization. The state of a job has none.
 *
 * @serial exclude
 */
public final class RateStream implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The side output of refused points and withdrawals. */
    public static final OutputTag<RefusedPoint> REFUSED = new OutputTag<>("refused", RefusedPoint.TYPE);

    /** The side output of the events of watches. */
    public static final OutputTag<WatchEvent> WATCHES = new OutputTag<>("watches", WatchEvent.TYPE);

    private static final long MIN_EVERY_NS = 1_000_000_000;

    private final SeriesTemplate[] templates;
    private SeriesRead[] reads = {};
    private WatchRead[] watches = {};
    private TogetherQuery[] queries = {};
    private long minCount = ReadOptions.DEFAULT.minCount();
    private double minCoverage;
    private long minSpanNs;
    private boolean isProRata;
    private KeySelector<String, String> together = key -> key;
    private double imageFactor = 2;
    private long everyNs;
    private long everyUntilNs = Instants.MAX;
    private long plannedBytes;

    private RateStream(final SeriesTemplate[] templates) {
        this.templates = templates;
    }

    private RateStream copy() {
        final RateStream copy = new RateStream(templates);
        copy.reads = reads;
        copy.watches = watches;
        copy.queries = queries;
        copy.minCount = minCount;
        copy.minCoverage = minCoverage;
        copy.minSpanNs = minSpanNs;
        copy.isProRata = isProRata;
        copy.together = together;
        copy.imageFactor = imageFactor;
        copy.everyNs = everyNs;
        copy.everyUntilNs = everyUntilNs;
        copy.plannedBytes = plannedBytes;
        return copy;
    }

    private static <T> T[] with(final T[] elements, final T added) {
        final T[] all = Arrays.copyOf(elements, elements.length + 1);
        all[elements.length] = added;
        return all;
    }

    /**
     * Returns a stream of series without answers, each in a partition of its own.
     *
     * @param templates definitions of the series, at least one; the first one that matches a key defines the series.
     * @return the stream.
     * @throws IllegalArgumentException if there is no template.
     */
    public static RateStream of(final SeriesTemplate... templates) {
        if (templates.length == 0) {
            throw new IllegalArgumentException("templates=none, expected at least one");
        }
        return new RateStream(templates.clone());
    }

    /**
     * Adds answers over a window.
     *
     * @param window  the window.
     * @param metrics the metrics, at least one.
     * @return the changed copy.
     * @throws IllegalArgumentException if there is no metric.
     */
    public RateStream read(final Window window, final Metric... metrics) {
        return read(List.of(window), metrics);
    }

    /**
     * Adds answers over several windows, which are all read from the same state of the series.
     *
     * @param windows the windows, 1 to {@value io.tollgate.api.read.MetricReader#MAX_WINDOWS} different ones.
     * @param metrics the metrics over each window, at least one.
     * @return the changed copy.
     * @throws IllegalArgumentException if there is no window or no metric.
     */
    public RateStream read(final List<? extends Window> windows, final Metric... metrics) {
        if (windows.isEmpty() || metrics.length == 0) {
            throw new IllegalArgumentException(
                    "windows=" + windows + " metrics=" + Arrays.toString(metrics) + ", expected at least one of each");
        }
        final RateStream copy = copy();
        copy.reads = with(reads, SeriesRead.of(windows, metrics));
        return copy;
    }

    /**
     * Adds a watch on a metric over a window of each series. Its events go to the side output {@link #WATCHES}.
     *
     * <p>The watch follows the series in time, as the watermark passes the knowledge times of its points, the valid
     * times of pending ones, and the instants of {@link #every}. At each of these instants it is compared with the
     * metric there, as then known. Its events are told once, also after a failure, and are not retracted. A point
     * behind the watermark is compared at the last of these instants. Watches of an engine tell the exact instant of a
     * crossing and retract events; their memory of told events is not part of the image of a series, so they cannot
     * move between subtasks.
     *
     * @param name  the name of the watch in its events; unique, at most 64 characters of printable ASCII.
     * @param watch a watch on {@link WatchedMetric#of(Window, Metric)}.
     * @return the changed copy.
     * @throws IllegalArgumentException if the name is in use or too long, or the watch is on another metric.
     */
    public RateStream watch(final String name, final Watch watch) {
        final WatchRead added = WatchRead.of(name, watch);
        if (Arrays.stream(watches).anyMatch(other -> other.name().equals(name))) {
            throw new IllegalArgumentException("watch=" + name + " is there twice, expected a name of its own");
        }
        final RateStream copy = copy();
        copy.watches = with(watches, added);
        return copy;
    }

    /**
     * Adds answers about several series of a partition: groups, stacks, pairs, or whatever a reader can read.
     *
     * @param query called after each accepted point, and at the instants of {@link #every} and of pending points.
     * @return the changed copy.
     */
    public RateStream ask(final TogetherQuery query) {
        final RateStream copy = copy();
        copy.queries = with(queries, Objects.requireNonNull(query, "query=null, expected a query"));
        return copy;
    }

    /**
     * Adds answers at the multiples of a length since the epoch, for each series from its first point on. An answer at
     * t is given when the watermark passes t, as known at t. If points arrive later that were known at t, the answer
     * is given again. At the end of the input the instants end too.
     *
     * @param length a second or more, a whole number of milliseconds.
     * @return the changed copy.
     * @throws IllegalArgumentException if the length is out of range.
     */
    public RateStream every(final Duration length) {
        return every(length, Instants.MAX);
    }

    /**
     * Adds answers like {@link #every(Duration)}, up to an instant. The end of the input then gives all of them.
     *
     * @param length  a second or more, a whole number of milliseconds.
     * @param untilNs the last instant in ns since the epoch.
     * @return the changed copy.
     * @throws IllegalArgumentException if the length is out of range.
     */
    public RateStream every(final Duration length, final long untilNs) {
        final long ns = length.toNanos();
        if (ns < MIN_EVERY_NS || ns % RateOperator.NS_PER_MS != 0) {
            throw new IllegalArgumentException(
                    "every=" + length + ", expected a second or more, and a whole number of milliseconds");
        }
        final RateStream copy = copy();
        copy.everyNs = ns;
        copy.everyUntilNs = Instants.requireInRange(untilNs);
        return copy;
    }

    /**
     * Sets the requirements that a window must meet for its metrics to have a value.
     *
     * @param newOptions the requirements.
     * @return the changed copy.
     */
    public RateStream withOptions(final ReadOptions newOptions) {
        Objects.requireNonNull(newOptions, "options=null, expected ReadOptions.DEFAULT or others");
        final RateStream copy = copy();
        copy.minCount = newOptions.minCount();
        copy.minCoverage = newOptions.minCoverage();
        copy.minSpanNs = newOptions.minSpanNs();
        copy.isProRata = newOptions.isProRata();
        return copy;
    }

    /**
     * Sets the function from the key of a series to the key of its partition. Series of one partition are in one engine
     * at any parallelism. A change of the function requires a job without state.
     *
     * @param partitionKey the function; it must always return the same result, and no state.
     * @return the changed copy.
     */
    public RateStream togetherBy(final KeySelector<String, String> partitionKey) {
        Objects.requireNonNull(partitionKey, "partitionKey=null, expected a function of the key of a series");
        final RateStream copy = copy();
        copy.together = partitionKey;
        return copy;
    }

    /**
     * Sets the length at which the operations of a partition in the state are replaced by images of its series.
     * Default: 2.
     *
     * @param factor multiple of the length of the images, above 0. A small number makes restarts faster and checkpoints
     *               longer.
     * @return the changed copy.
     * @throws IllegalArgumentException if the factor is not above 0.
     */
    public RateStream withImageFactor(final double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("imageFactor=" + factor + ", expected above 0");
        }
        final RateStream copy = copy();
        copy.imageFactor = factor;
        return copy;
    }

    /**
     * Returns the bytes off the heap that the engine of a subtask needs for equal series that grow together.
     *
     * @param seriesCount series of the subtask: all series divided by the parallelism, and a quarter more.
     * @param pointCount  points of each series, 1 or more.
     * @return the bytes, with the room that the engine prepares ahead.
     */
    public long offHeapBytes(final long seriesCount, final long pointCount) {
        final int windowCount = Arrays.stream(templates)
                .mapToInt(
                        template -> registered(template.definition()).windows().size())
                .max()
                .orElse(0);
        return Footprint.storeBytesGrownAtOnce(seriesCount, pointCount, windowCount, Limits.DEFAULT.firstMapEntries());
    }

    /**
     * States the size of a subtask. The job refuses to start if its memory off the heap is configured, and is smaller
     * than {@link #offHeapBytes}.
     *
     * @param seriesCount series of the subtask: all series divided by the parallelism, and a quarter more.
     * @param pointCount  points of each series, 1 or more.
     * @return the changed copy.
     */
    public RateStream withRoomFor(final long seriesCount, final long pointCount) {
        final RateStream copy = copy();
        copy.plannedBytes = offHeapBytes(seriesCount, pointCount);
        return copy;
    }

    /**
     * Adds the operator to a job. Give it a {@code uid}, so that a savepoint finds its state.
     *
     * @param points the points; those of one series in the order in which they became known.
     * @return the answers, with the side outputs {@link #REFUSED} and {@link #WATCHES}.
     */
    public SingleOutputStreamOperator<RateAnswer> applyTo(final DataStream<PointRecord> points) {
        final KeySelector<String, String> partitionKey = together;
        return points.keyBy(point -> partitionKey.getKey(point.series()), Types.STRING)
                .transform("tollgate", RateAnswer.TYPE, new RateOperator(this));
    }

    Optional<SeriesTemplate> template(final String key) {
        return Arrays.stream(templates)
                .filter(template -> SeriesPattern.fits(template.pattern(), key))
                .findFirst();
    }

    /** Returns a definition with the windows that are read registered, if it has none of its own. */
    SeriesDefinition registered(final SeriesDefinition definition) {
        return definition.windows().isEmpty()
                ? definition.withWindows(Stream.concat(
                                Arrays.stream(reads).flatMap(read -> read.windows().stream()),
                                Arrays.stream(watches).map(WatchRead::window))
                        .filter(window -> window instanceof Window.Sliding sliding && sliding.closed() == Closed.RIGHT)
                        .distinct()
                        .limit(SeriesDefinition.MAX_WINDOWS)
                        .toArray(Window[]::new))
                : definition;
    }

    List<SeriesRead> reads() {
        return List.of(reads);
    }

    List<WatchRead> watches() {
        return List.of(watches);
    }

    List<TogetherQuery> queries() {
        return List.of(queries);
    }

    ReadOptions options() {
        return new ReadOptions(minCount, minCoverage, minSpanNs, isProRata);
    }

    double imageFactor() {
        return imageFactor;
    }

    /** Returns the length of the grid of answers, 0 for none. */
    long everyNs() {
        return everyNs;
    }

    long everyUntilNs() {
        return everyUntilNs;
    }

    /** Returns the bytes that the program expects a subtask to need, 0 if it has not said. */
    long plannedBytes() {
        return plannedBytes;
    }
}
