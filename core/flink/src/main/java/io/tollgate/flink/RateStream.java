package io.tollgate.flink;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Window;
import java.io.Serializable;
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
 * <p>Each accepted point or withdrawal gives one answer for each window and metric, at its knowledge time. Points may
 * be late, revised, withdrawn or pending, as in any engine; the watermark never drops one. The knowledge times of a
 * series must not decrease, so all points of a series must come in order from one partition of the source.
 *
 * <p>The graph of a job has a copy of this object, by Java serialization. The state of a job has none.
 */
public final class RateStream implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The side output of refused points and withdrawals. */
    public static final OutputTag<RefusedPoint> REFUSED = new OutputTag<>("refused", RefusedPoint.TYPE);

    private static final double DEFAULT_IMAGE_FACTOR = 2;

    private final SeriesTemplate[] templates;
    private final Read[] reads;
    private final ReadOptions options;
    private final KeySelector<String, String> together;
    private final double imageFactor;

    /** Windows and metrics that are read together. */
    record Read(Window[] windows, String[] metrics) implements Serializable {
        Metric[] parsedMetrics() {
            return Arrays.stream(metrics).map(Metric::parse).toArray(Metric[]::new);
        }
    }

    private RateStream(
            final SeriesTemplate[] templates,
            final Read[] reads,
            final ReadOptions options,
            final KeySelector<String, String> together,
            final double imageFactor) {
        this.templates = templates;
        this.reads = reads;
        this.options = options;
        this.together = together;
        this.imageFactor = imageFactor;
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
        return new RateStream(templates.clone(), new Read[0], ReadOptions.DEFAULT, key -> key, DEFAULT_IMAGE_FACTOR);
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
        final Read added = new Read(
                windows.toArray(Window[]::new),
                Arrays.stream(metrics).map(Metric::text).toArray(String[]::new));
        final Read[] all = Stream.concat(Arrays.stream(reads), Stream.of(added)).toArray(Read[]::new);
        return new RateStream(templates, all, options, together, imageFactor);
    }

    /**
     * Sets the requirements that a window must meet for its metrics to have a value.
     *
     * @param newOptions the requirements.
     * @return the changed copy.
     */
    public RateStream withOptions(final ReadOptions newOptions) {
        Objects.requireNonNull(newOptions, "options=null, expected ReadOptions.DEFAULT or others");
        return new RateStream(templates, reads, newOptions, together, imageFactor);
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
        return new RateStream(templates, reads, options, partitionKey, imageFactor);
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
        return new RateStream(templates, reads, options, together, factor);
    }

    /**
     * Adds the operator to a job. Give it a {@code uid}, so that a savepoint finds its state.
     *
     * @param points the points; those of one series in the order in which they became known.
     * @return the answers, with the side output {@link #REFUSED}.
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

    List<Read> reads() {
        return List.of(reads);
    }

    ReadOptions options() {
        return options;
    }

    double imageFactor() {
        return imageFactor;
    }
}
