package io.tollgate.core.watch;

import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Cusum;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.ShareAbove;
import io.tollgate.api.read.ShareBelow;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.WatchedMetric;

/** The shape of a value through time, while no point enters a window, leaves it or takes effect. */
public enum TimelineShape {
    /** The value is constant, or it is sampled on a grid. */
    CONSTANT,
    /** The value only rises, or only falls. */
    MONOTONE,
    /** The value has at most one turning point. */
    ONE_TURN;

    /**
     * Returns the shape of a metric over a window of a series.
     *
     * @param watched any.
     * @param kind    of the series.
     * @param options of the readings.
     * @return the shape, {@link #CONSTANT} if the metric is sampled on a grid.
     */
    public static TimelineShape of(final WatchedMetric watched, final SeriesKind kind, final ReadOptions options) {
        if (!(watched instanceof WatchedMetric.OfWindow of) || !watched.isExact(kind)) {
            return CONSTANT;
        }
        final boolean slides = of.window() instanceof Window.Sliding;
        final Metric metric = of.metric();
        if (metric instanceof BasicMetric basic) {
            return kind == SeriesKind.STEP ? ofStep(basic, slides) : ofFlow(basic, slides, options.isProRata());
        }
        final boolean isShare = metric instanceof ShareAbove || metric instanceof ShareBelow;
        final boolean isTime = metric instanceof Cusum cusum && cusum.answer() == Cusum.Answer.SINCE_ALARM;
        return isTime || isShare && kind == SeriesKind.STEP ? MONOTONE : CONSTANT;
    }

    private static TimelineShape ofStep(final BasicMetric metric, final boolean slides) {
        return switch (metric) {
            case MEAN, SUM, COVERAGE, SINCE_CHANGE -> MONOTONE;
            case RATE -> slides ? CONSTANT : MONOTONE;
            case VARIANCE, SD, POPULATION_VARIANCE, POPULATION_SD, ZSCORE_INCLUSIVE, ZSCORE -> ONE_TURN;
            default -> CONSTANT;
        };
    }

    private static TimelineShape ofFlow(final BasicMetric metric, final boolean slides, final boolean isProRata) {
        return switch (metric) {
            case COVERAGE, SINCE_CHANGE, INTERCEPT -> MONOTONE;
            case SUM -> isProRata ? MONOTONE : CONSTANT;
            case RATE -> slides && !isProRata ? CONSTANT : MONOTONE;
            default -> CONSTANT;
        };
    }
}
