package io.tollgate.core.metric;

import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.api.Unit;
import io.tollgate.api.WindowReading;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.ShapeQuotients;
import io.tollgate.core.window.WindowBounds;

/**
 * The answer of one read of a window: the exact summary of its run, cut to the window, from which each metric is worked
 * out when it is asked for. Used by one thread.
 */
public final class WindowAnswer implements WindowReading {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final int SAMPLE = 1;
    private static final int POPULATION = 0;

    private final RunSummary run = new RunSummary();
    private final Quotients quotients;
    private final ShapeQuotients shapeQuotients;
    private final boolean isShape;
    private Unit unit = Unit.COUNT;
    private boolean isContended;
    private boolean isStep;
    private int scale;
    private long atNs;
    private long startNs;
    private long lengthNs;
    private long count;
    private long covered;
    private boolean isAlive;
    private boolean isShort;
    private long carriedIn;
    private long carriedInSinceNs;

    /**
     * An empty answer.
     *
     * @param quotients      used to work metrics out, by the same thread.
     * @param shapeQuotients used to work shapes out, by the same thread.
     * @param isShape        whether it can be asked for shapes.
     */
    public WindowAnswer(final Quotients quotients, final ShapeQuotients shapeQuotients, final boolean isShape) {
        this.quotients = quotients;
        this.shapeQuotients = shapeQuotients;
        this.isShape = isShape;
        contended(0);
    }

    /** {@return whether it can be asked for shapes, so that its run must be an extended one} */
    public boolean isShape() {
        return isShape;
    }

    /**
     * Says what the values of the series to be read are.
     *
     * @param unit of the series.
     */
    public void unit(final Unit unit) {
        this.unit = unit;
    }

    /**
     * Becomes the answer "could not be read".
     *
     * @param atNs the instant that was asked for.
     */
    public void contended(final long atNs) {
        this.atNs = atNs;
        isContended = true;
        count = 0;
        covered = 0;
        lengthNs = 1;
        carriedIn = Publisher.UNKNOWN;
        carriedInSinceNs = Publisher.NONE;
    }

    /**
     * Becomes the answer for a window of a STEP series.
     *
     * @param source the run of the window: its points, and the one in force at its start.
     * @param scale  of the series.
     * @param bounds of the window.
     */
    public void step(final RunSummary source, final int scale, final WindowBounds bounds) {
        begin(source, scale, bounds);
        isStep = true;
        isAlive = true;
        if (!run.isEmpty()) {
            if (run.firstTime() < bounds.lowestNs()) {
                carriedIn = run.firstValue();
                carriedInSinceNs = carriedIn == Publisher.UNKNOWN ? Publisher.NONE : run.firstTime();
                count--;
                run.trimStart(bounds.startNs());
            }
            run.extendEnd(bounds.endNs());
        }
        covered = run.duration();
    }

    /**
     * Becomes the answer for a window of a FLOW series.
     *
     * @param source      the run of the window: its points.
     * @param scale       of the series.
     * @param lifeStartNs from when on the absence of events means zero.
     * @param bounds      of the window.
     */
    public void flow(final RunSummary source, final int scale, final long lifeStartNs, final WindowBounds bounds) {
        begin(source, scale, bounds);
        isStep = false;
        isAlive = lifeStartNs <= atNs;
        if (bounds.wantedCount() > 0) {
            lengthNs = bounds.wantedCount();
            covered = Math.min(count, lengthNs);
            isShort = covered < lengthNs;
        } else {
            final long coveredFrom = Math.max(bounds.startNs(), lifeStartNs);
            covered = coveredFrom < atNs ? atNs - coveredFrom : 0;
        }
    }

    private void begin(final RunSummary source, final int scale, final WindowBounds bounds) {
        isContended = false;
        run.copyFrom(source);
        this.scale = scale;
        atNs = bounds.endNs();
        startNs = bounds.startNs();
        lengthNs = bounds.lengthNs();
        count = run.count();
        isShort = lengthNs == 0 || count < bounds.wantedCount();
        carriedIn = Publisher.UNKNOWN;
        carriedInSinceNs = Publisher.NONE;
    }

    @Override
    public long atNs() {
        return atNs;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public boolean hasCarriedIn() {
        return carriedIn != Publisher.UNKNOWN;
    }

    @Override
    public double carriedInValue() {
        return hasCarriedIn() ? quotients.decimal(carriedIn, scale) : Double.NaN;
    }

    @Override
    public long carriedInSinceNs() {
        return carriedInSinceNs;
    }

    @Override
    public Status status(final Metric metric) {
        if (metric.isShape() && !isShape) {
            throw new IllegalArgumentException(
                    "metric=" + metric + ", expected a reading made for it: newReading(Metric." + metric + ")");
        }
        if (isContended) {
            return Status.CONTENDED;
        }
        if (metric == Metric.COUNT || metric == Metric.COVERAGE) {
            return Status.OK;
        }
        final Status shortfall = isStep ? stepShortfall(metric) : flowShortfall(metric);
        if (shortfall != Status.OK) {
            return shortfall;
        }
        if (isUndefined(metric)) {
            return Status.UNDEFINED;
        }
        return covered == lengthNs && !isShort ? Status.OK : Status.PARTIAL;
    }

    private Status stepShortfall(final Metric metric) {
        if (count == 0 && !hasCarriedIn()) {
            return Status.EMPTY;
        }
        if (!run.hasKnown()) {
            return Status.INSUFFICIENT;
        }
        final boolean needsTime =
                metric.isShape() || metric == Metric.MEAN || metric == Metric.VARIANCE || metric == Metric.SD;
        return needsTime && covered == 0 ? Status.INSUFFICIENT : Status.OK;
    }

    private Status flowShortfall(final Metric metric) {
        if (count == 0) {
            return isAlive && metric == Metric.SUM ? Status.OK : Status.EMPTY;
        }
        final int needed = switch (metric) {
            case VARIANCE, SD, SLOPE, INTERCEPT -> 2;
            case SKEW -> 3;
            case KURTOSIS -> 4;
            default -> 1;
        };
        return count < needed ? Status.INSUFFICIENT : Status.OK;
    }

    private boolean isUndefined(final Metric metric) {
        return switch (metric) {
            case RELATIVE -> run.firstKnown() == 0;
            case LOG_CHANGE -> Double.isNaN(logChange());
            case SKEW, KURTOSIS -> quotients.isConstant(run, weight());
            case SLOPE, INTERCEPT -> shapeQuotients.isInstant(run);
            default -> false;
        };
    }

    @Override
    public double value(final Metric metric) {
        if (!status(metric).hasValue()) {
            return Double.NaN;
        }
        return switch (metric) {
            case COUNT -> count;
            case COVERAGE -> lengthNs == 0 ? 0 : quotients.ratio(covered, lengthNs);
            case SUM -> quotients.firstMoment(run, isStep ? NANOS_PER_DAY : 1, scale);
            case MEAN -> quotients.firstMoment(run, weight(), scale);
            case VARIANCE -> quotients.variance(run, weight(), isStep ? POPULATION : SAMPLE, scale);
            case SD -> quotients.standardDeviation(run, weight(), isStep ? POPULATION : SAMPLE, scale);
            case MIN -> quotients.decimal(run.min(), scale);
            case MAX -> quotients.decimal(run.max(), scale);
            case FIRST -> quotients.decimal(run.firstKnown(), scale);
            case LAST -> quotients.decimal(run.lastKnown(), scale);
            case DELTA -> quotients.difference(run.lastKnown(), run.firstKnown(), scale);
            case RANGE -> quotients.difference(run.max(), run.min(), scale);
            case RELATIVE -> quotients.relativeChange(run.firstKnown(), run.lastKnown());
            case LOG_CHANGE -> logChange();
            case SKEW -> shapeQuotients.skew(run);
            case KURTOSIS -> shapeQuotients.kurtosis(run);
            case SLOPE -> shapeQuotients.slopePerDay(run, scale);
            case INTERCEPT -> shapeQuotients.intercept(run, startNs, scale);
        };
    }

    private double logChange() {
        final int divisor = unit.equals(Unit.FRACTION)
                ? 1
                : unit.equals(Unit.PERCENT) ? 100 : unit.equals(Unit.BASIS_POINT) ? 10_000 : 0;
        return divisor == 0
                ? quotients.logRatio(run.firstKnown(), run.lastKnown())
                : quotients.logChange(run.firstKnown(), run.lastKnown(), scale, divisor);
    }

    private long weight() {
        return isStep ? covered : count;
    }
}
