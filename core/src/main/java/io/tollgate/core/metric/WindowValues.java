package io.tollgate.core.metric;

import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.window.SeriesRuns;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowPeriods;
import java.util.Arrays;
import java.util.Objects;

/**
 * The values of one read of a window. The most common metrics, and metrics that need points, are computed during the
 * read. The others are computed on demand from the facts. Used by one thread.
 */
public final class WindowValues {
    /** The number of bounds that time alone can reach or leave. */
    public static final int BOUND_COUNT = 3;

    private final WindowFacts facts = new WindowFacts();
    private final BasicMetrics basics;
    private final ReadOptions options;
    private final Metric[] named;
    private final boolean isShape;

    /** A bit for each basic metric that was named, by its ordinal. */
    private final long namedBasics;

    /** By the ordinal of a basic metric; null if the facts are enough to compute it. */
    private final PointMetric[] pointsOfBasics = new PointMetric[BasicMetric.values().length];

    /** A bit for each named metric of {@link BasicMetrics#COMMON}; 0 if a read option may withhold its value. */
    private final long common;

    private final PointMetric[] pointMetrics;
    private final SpreadSlope spreadSlope = new SpreadSlope();
    private final WindowFacts anchor = new WindowFacts();
    private Status unread = Status.UNREAD;

    /** A bit for each metric whose value has been computed during the read. */
    private long computed;

    /** These values, by the ordinal of the metric. */
    private final double[] computedValues = new double[BasicMetric.values().length];

    /**
     * Creates an empty answer.
     *
     * @param basics  computes metrics; used by the same thread.
     * @param options the read options.
     * @param metrics the metrics that may be read from it.
     */
    public WindowValues(final BasicMetrics basics, final ReadOptions options, final Metric... metrics) {
        this.basics = basics;
        this.options = options;
        named = Arrays.stream(metrics).distinct().toArray(Metric[]::new);
        isShape = Arrays.stream(named).anyMatch(WindowValues::isShape);
        pointMetrics = Arrays.stream(named)
                .filter(PointMetrics::isNeededFor)
                .map(metric -> PointMetrics.of(metric, basics))
                .toArray(PointMetric[]::new);
        long bits = 0;
        for (final Metric metric : named) {
            bits |= metric instanceof BasicMetric basic ? BasicMetrics.bit(basic) : 0;
        }
        namedBasics = bits;
        common = options.equals(ReadOptions.DEFAULT) ? bits & BasicMetrics.COMMON : 0;
        for (final PointMetric pointMetric : pointMetrics) {
            if (pointMetric.metric() instanceof BasicMetric basic) {
                pointsOfBasics[basic.ordinal()] = pointMetric;
            }
        }
        none(Status.UNREAD, Instants.NONE);
    }

    private static boolean isShape(final Metric metric) {
        return metric instanceof BasicMetric basic && basic.isShape();
    }

    /** {@return true if it may be asked for shapes, so that its run must be an extended one} */
    public boolean isShape() {
        return isShape;
    }

    /** {@return true if it has metrics that {@link #evaluate} must compute} */
    public boolean hasPointMetrics() {
        return pointMetrics.length != 0;
    }

    /** {@return the summary of the run of the window, to be filled before {@link #step} or {@link #flow}} */
    public RunSummary summary() {
        return facts.run();
    }

    /** {@return true if a metric depends on the unit of the series, which {@link #wholeInUnit} then sets} */
    public boolean needsUnit() {
        return hasPointMetrics() || (namedBasics & BasicMetrics.bit(BasicMetric.LOG_CHANGE)) != 0;
    }

    /**
     * Sets the value of 100% in the unit of the series.
     *
     * @param value see {@link SeriesRecord#wholeInUnit}.
     */
    public void wholeInUnit(final int value) {
        facts.wholeInUnit(value);
    }

    /**
     * Sets the status of a window that was not read.
     *
     * @param status CONTENDED or FORGOTTEN.
     * @param atNs   the instant of the read.
     */
    public void none(final Status status, final long atNs) {
        unread = status;
        computed = 0;
        facts.clear(atNs);
    }

    /**
     * Sets the answer for a window of a STEP series.
     *
     * <p>The {@link #summary()} is the run of the window: its points, and the point in force at its start.
     *
     * @param scale  of the series.
     * @param bounds of the window.
     */
    public void step(final int scale, final WindowBounds bounds) {
        markRead();
        facts.step(facts.run(), scale, bounds);
        compute();
    }

    /**
     * Sets the answer for a window of a FLOW series.
     *
     * <p>The {@link #summary()} is the run of the window: its points.
     *
     * @param scale       of the series.
     * @param lifeStartNs the start of life, from which the absence of events means zero.
     * @param lifeEndNs   the end of life.
     * @param bounds      of the window.
     */
    public void flow(final int scale, final long lifeStartNs, final long lifeEndNs, final WindowBounds bounds) {
        markRead();
        facts.flow(facts.run(), scale, lifeStartNs, lifeEndNs, bounds);
        compute();
    }

    /** Sets the status only if it changes: a garbage collector may follow a change with a memory barrier. */
    private void markRead() {
        if (unread != Status.OK) {
            unread = Status.OK;
        }
    }

    private void compute() {
        computed = facts.isOrdinary() ? common : 0;
        if (computed != 0) {
            basics.computeCommon(computed, facts, computedValues);
        }
    }

    /** {@return true if {@link #addCut} must be called} */
    public boolean isProRata() {
        return options.isProRata();
    }

    /**
     * Adds the shares of the periods that the start of the window cuts. Called after all other values are computed from
     * the whole periods.
     *
     * @param periods of the window; those that it cuts are left.
     * @return false if a concurrent change tore the series, so that no value is valid.
     */
    public boolean addCut(final WindowPeriods periods) {
        computed = 0;
        return facts.addCut(periods);
    }

    /**
     * Computes the metrics that need more than the summary.
     *
     * @param runs of the series, as it is read.
     * @return false if a concurrent change tore the series, so that no value is valid.
     */
    public boolean evaluate(final SeriesRuns runs) {
        for (final PointMetric pointMetric : pointMetrics) {
            if (!pointMetric.evaluate(facts, runs)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the instant of the read} */
    public long atNs() {
        return facts.atNs();
    }

    /** {@return the number of points inside the window} */
    public long count() {
        return facts.count();
    }

    /** {@return true if a known value was carried into the window of a STEP} */
    public boolean hasCarriedIn() {
        return facts.hasCarriedIn();
    }

    /** {@return the value carried in, NaN if there is none} */
    public double carriedInValue() {
        return hasCarriedIn() ? basics.quotients().decimal(facts.carriedIn(), facts.scale()) : Double.NaN;
    }

    /** {@return the instant since which the value carried in has been in force, NONE if there is none} */
    public long carriedInSinceNs() {
        return facts.carriedInSinceNs();
    }

    /**
     * Rejects a null metric.
     *
     * @param metric asked for.
     * @throws NullPointerException if the metric is null.
     */
    public static void requireMetric(final Metric metric) {
        Objects.requireNonNull(metric, "metric=null, expected a metric");
    }

    /**
     * Returns the status of a metric.
     *
     * @param metric that was named.
     * @return its status.
     * @throws IllegalArgumentException if the metric was not named.
     */
    public Status status(final Metric metric) {
        return status(metric, named(metric));
    }

    private Status status(final Metric metric, final PointMetric pointMetric) {
        if (unread != Status.OK) {
            return unread;
        }
        if (metric == Metric.COUNT || metric == Metric.COVERAGE) {
            return Status.OK;
        }
        final Status status = pointMetric == null ? basics.status((BasicMetric) metric, facts) : pointMetric.status();
        if (status == Status.EMPTY || isEnough(metric)) {
            return status == Status.OK && facts.isPartial(metric) ? Status.PARTIAL : status;
        }
        return Status.INSUFFICIENT;
    }

    /** Equivalent to {@link #status(Metric)} having a value; a PARTIAL value counts. */
    private boolean hasValue(final Metric metric, final PointMetric pointMetric) {
        if (unread != Status.OK) {
            return unread.hasValue();
        }
        if (metric == Metric.COUNT || metric == Metric.COVERAGE) {
            return true;
        }
        final Status status = pointMetric == null ? basics.status((BasicMetric) metric, facts) : pointMetric.status();
        return status.hasValue() && isEnough(metric);
    }

    private boolean isEnough(final Metric metric) {
        return options == ReadOptions.DEFAULT || isEnough(metric, facts.run());
    }

    private boolean isEnough(final Metric metric, final RunSummary run) {
        return (options.minCount() <= 1 || run.count() >= options.minCount()) && isCovered(metric) && isLong(run);
    }

    private boolean isCovered(final Metric metric) {
        return basics.coverage(metric, facts) >= options.minCoverage();
    }

    private boolean isLong(final RunSummary run) {
        return options.minSpanNs() == 0
                || !run.isEmpty() && Long.compareUnsigned(run.lastTime() - run.firstTime(), options.minSpanNs()) >= 0;
    }

    /**
     * Returns the bounds that currently hold, of those that time alone can reach or leave: the least coverage of
     * totals, which may include cut periods; the least coverage of all other metrics; and the least span.
     *
     * @return a bit for each bound that holds.
     */
    public int keptBounds() {
        return (isCovered(Metric.SUM) ? 1 : 0) | (isCovered(Metric.LAST) ? 2 : 0) | (isLong(facts.run()) ? 4 : 0);
    }

    /**
     * Returns the time by which a window exceeds a bound. It changes in proportion to time until the contents of the
     * window change. It therefore predicts the instant at which the bound is reached, up to rounding.
     *
     * @param bound from 0 to below {@link #BOUND_COUNT}, in the order of the bits of {@link #keptBounds}.
     * @return ns, below 0 if the bound does not hold.
     */
    public double spareNs(final int bound) {
        if (bound == 2) {
            final RunSummary run = facts.run();
            return unsigned(run.isEmpty() ? 0 : run.lastTime() - run.firstTime()) - options.minSpanNs();
        }
        return unsigned(facts.covered(bound == 0 ? Metric.SUM : Metric.LAST))
                - options.minCoverage() * unsigned(facts.wanted());
    }

    private static double unsigned(final long ns) {
        return ns >= 0 ? ns : ns + 0x1p64;
    }

    /**
     * Returns the value of a metric.
     *
     * @param metric that was named.
     * @return the value, NaN if the status has none.
     * @throws IllegalArgumentException if the metric was not named.
     */
    public double value(final Metric metric) {
        if (metric instanceof BasicMetric basic && (computed & BasicMetrics.bit(basic)) != 0) {
            return computedValues[basic.ordinal()];
        }
        final PointMetric pointMetric = named(metric);
        if (!hasValue(metric, pointMetric)) {
            return Double.NaN;
        }
        return pointMetric == null ? basics.value((BasicMetric) metric, facts) : pointMetric.value();
    }

    /**
     * Compares the exact value of a metric with a threshold. A metric without an exact value is compared as a double.
     *
     * @param metric    with a value.
     * @param threshold to compare with.
     * @return the sign of the value minus the threshold.
     */
    public int compare(final Metric metric, final Threshold threshold) {
        final double value = value(metric);
        final double doubtful = isRoot(metric) ? 2 * Math.ulp(threshold.value()) : 0;
        if (Math.abs(value - threshold.value()) > doubtful) {
            return value < threshold.value() ? -1 : 1;
        }
        final PointMetric pointMetric = named(metric);
        return pointMetric == null
                ? basics.compareExactly((BasicMetric) metric, facts, threshold)
                : pointMetric.compareExactly(threshold);
    }

    /** Returns true if the metric's double is a root, which is not always the nearest one. */
    private static boolean isRoot(final Metric metric) {
        return metric == Metric.SD
                || metric == Metric.POPULATION_SD
                || metric == Metric.ZSCORE
                || metric == Metric.ZSCORE_INCLUSIVE;
    }

    /** Keeps the facts of a STEP window as the anchor of {@link #slide}. */
    public void anchor() {
        anchor.slide(facts, facts.atNs(), false);
    }

    /**
     * Sets the answer at an instant after the anchor, if no point enters the window, leaves it or takes effect until
     * then. Only basic metrics that need no points are valid then.
     *
     * @param atNs   the instant.
     * @param slides true if the start of the window moves.
     */
    public void slide(final long atNs, final boolean slides) {
        facts.slide(anchor, atNs, slides);
        computed = 0;
    }

    /**
     * Returns true if {@link #slide} supports a metric.
     *
     * @param metric any.
     * @return true if the metric is computed from the summary of the window.
     */
    public boolean isSummary(final Metric metric) {
        return metric instanceof BasicMetric && named(metric) == null;
    }

    /**
     * Returns the slope of a spread metric of a STEP, while no point enters the window or leaves it.
     *
     * @param metric VARIANCE, SD, POPULATION_VARIANCE, POPULATION_SD, ZSCORE or ZSCORE_INCLUSIVE.
     * @param slides true if the start of the window moves.
     * @return the slope times a positive number, NaN if the metric has no value.
     */
    public double slope(final Metric metric, final boolean slides) {
        final PointMetric pointMetric = named(metric);
        if (!status(metric, pointMetric).hasValue()) {
            return Double.NaN;
        }
        if (pointMetric != null) {
            return ((NewestScore) pointMetric).slope(slides);
        }
        spreadSlope.of(facts, true, slides, basics);
        return metric == Metric.ZSCORE_INCLUSIVE
                ? spreadSlope.ofScore(basics.quotients().decimal(facts.run().lastKnown(), facts.scale()))
                : spreadSlope.ofVariance();
    }

    /**
     * Returns an upper bound of a spread metric of a STEP, while no point enters the window or leaves it. It is half
     * the range of the values for a deviation, and the square of that for a variance.
     *
     * @param metric any.
     * @return the bound with some room for rounding, positive infinity if there is none.
     */
    public double mostSpread(final Metric metric) {
        final RunSummary run = facts.run();
        final double half = basics.quotients().difference(run.max(), run.min(), facts.scale()) * 0.5000001;
        if (metric == Metric.SD || metric == Metric.POPULATION_SD) {
            return half;
        }
        final boolean isVariance = metric == Metric.VARIANCE || metric == Metric.POPULATION_VARIANCE;
        return isVariance ? half * half : Double.POSITIVE_INFINITY;
    }

    /** Returns the computation of a metric, null if the facts are enough. */
    private PointMetric named(final Metric metric) {
        if (metric instanceof BasicMetric basic) {
            if ((namedBasics & BasicMetrics.bit(basic)) != 0) {
                return pointsOfBasics[basic.ordinal()];
            }
        } else {
            requireMetric(metric);
            for (final PointMetric pointMetric : pointMetrics) {
                if (pointMetric.metric() == metric) {
                    return pointMetric;
                }
            }
            for (final PointMetric pointMetric : pointMetrics) {
                if (pointMetric.metric().equals(metric)) {
                    return pointMetric;
                }
            }
        }
        throw new IllegalArgumentException("metric=" + metric.text() + " is not in this reading, which has "
                + Arrays.stream(named).map(Metric::text).toList()
                + "; pass it to reader.window(window, metrics)");
    }

    /**
     * Adds the values to a text.
     *
     * @param text to be added to.
     */
    public void describe(final ReadingText text) {
        if (unread != Status.OK) {
            text.add("status", unread);
            return;
        }
        text.add("count", count()).add("coverage", basics.coverage(Metric.COVERAGE, facts));
        for (final Metric metric : named) {
            if (metric != Metric.COUNT && metric != Metric.COVERAGE) {
                text.answer(metric.text(), status(metric), value(metric));
            }
        }
    }
}
