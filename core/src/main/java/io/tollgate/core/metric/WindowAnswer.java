package io.tollgate.core.metric;

import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.api.WindowReading;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.RunSummary;

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
    private boolean isContended;
    private boolean isStep;
    private int scale;
    private long atNs;
    private long lengthNs;
    private long count;
    private long covered;
    private boolean isAlive;
    private long carriedIn;
    private long carriedInSinceNs;

    /**
     * An empty answer.
     *
     * @param quotients used to work metrics out, by the same thread.
     */
    public WindowAnswer(final Quotients quotients) {
        this.quotients = quotients;
        contended(0);
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
     * @param source   the run of the window: its points, and the one carried in.
     * @param scale    of the series.
     * @param startNs  start of the window.
     * @param atNs     end of the window.
     * @param lengthNs length of the window.
     */
    public void step(
            final RunSummary source, final int scale, final long startNs, final long atNs, final long lengthNs) {
        begin(source, scale, atNs, lengthNs);
        isStep = true;
        isAlive = true;
        if (!run.isEmpty()) {
            if (run.firstTime() <= startNs) {
                carriedIn = run.firstValue();
                carriedInSinceNs = carriedIn == Publisher.UNKNOWN ? Publisher.NONE : run.firstTime();
                count--;
                run.trimStart(startNs);
            }
            run.extendEnd(atNs);
        }
        covered = run.duration();
    }

    /**
     * Becomes the answer for a window of a FLOW series.
     *
     * @param source      the run of the window: its points.
     * @param scale       of the series.
     * @param lifeStartNs from when on the absence of events means zero.
     * @param startNs     start of the window.
     * @param atNs        end of the window.
     * @param lengthNs    length of the window.
     */
    public void flow(
            final RunSummary source,
            final int scale,
            final long lifeStartNs,
            final long startNs,
            final long atNs,
            final long lengthNs) {
        begin(source, scale, atNs, lengthNs);
        isStep = false;
        isAlive = lifeStartNs <= atNs;
        covered = isAlive ? atNs - Math.max(startNs, lifeStartNs) : 0;
    }

    private void begin(final RunSummary source, final int scale, final long atNs, final long lengthNs) {
        isContended = false;
        run.copyFrom(source);
        this.scale = scale;
        this.atNs = atNs;
        this.lengthNs = lengthNs;
        count = run.count();
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
        return covered == lengthNs ? Status.OK : Status.PARTIAL;
    }

    private Status stepShortfall(final Metric metric) {
        if (count == 0 && !hasCarriedIn()) {
            return Status.EMPTY;
        }
        if (!run.hasKnown()) {
            return Status.INSUFFICIENT;
        }
        final boolean needsTime = metric == Metric.MEAN || metric == Metric.VARIANCE || metric == Metric.SD;
        return needsTime && covered == 0 ? Status.INSUFFICIENT : Status.OK;
    }

    private Status flowShortfall(final Metric metric) {
        if (count == 0) {
            return isAlive && metric == Metric.SUM ? Status.OK : Status.EMPTY;
        }
        final boolean needsTwo = metric == Metric.VARIANCE || metric == Metric.SD;
        return needsTwo && count <= SAMPLE ? Status.INSUFFICIENT : Status.OK;
    }

    @Override
    public double value(final Metric metric) {
        if (!status(metric).hasValue()) {
            return Double.NaN;
        }
        return switch (metric) {
            case COUNT -> count;
            case COVERAGE -> quotients.ratio(covered, lengthNs);
            case SUM -> quotients.firstMoment(run, isStep ? NANOS_PER_DAY : 1, scale);
            case MEAN -> quotients.firstMoment(run, weight(), scale);
            case VARIANCE -> quotients.variance(run, weight(), isStep ? POPULATION : SAMPLE, scale);
            case SD -> quotients.standardDeviation(run, weight(), isStep ? POPULATION : SAMPLE, scale);
            case MIN -> quotients.decimal(run.min(), scale);
            case MAX -> quotients.decimal(run.max(), scale);
            case FIRST -> quotients.decimal(run.firstKnown(), scale);
            case LAST -> quotients.decimal(run.lastKnown(), scale);
            case DELTA -> quotients.difference(run.lastKnown(), run.firstKnown(), scale);
        };
    }

    private long weight() {
        return isStep ? covered : count;
    }
}
