package io.tollgate.core.metric;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.core.number.ProRataSum;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowPeriods;

/** The result of reading one window: the exact summary of its run, cut to the window. Used by one thread. */
final class WindowFacts {
    private final RunSummary run = new RunSummary();
    private int wholeInUnit;
    private boolean isStep;
    private int scale;
    private long atNs;
    private long startNs;
    private long lengthNs;
    private long wanted;
    private long count;
    private long covered;
    private boolean isAlive;
    private boolean isShort;
    private long carriedIn = Decimals.UNKNOWN;
    private long carriedInSinceNs = Instants.NONE;
    private final ProRataSum proRataSum = new ProRataSum();
    private long proRataCovered;
    private int cutCount;

    /** Sets the value of 100% in the unit of the series, 0 if the unit is no rate. */
    void wholeInUnit(final int value) {
        wholeInUnit = value;
    }

    /** Sets the facts of an empty window. */
    void clear(final long at) {
        run.clear(false);
        atNs = at;
        count = 0;
        covered = 0;
        lengthNs = 0;
        wanted = 1;
        isAlive = false;
        carriedIn = Decimals.UNKNOWN;
        carriedInSinceNs = Instants.NONE;
        cutCount = 0;
    }

    /** Sets the facts of a STEP window. Its run contains its points, and the point in force at its start. */
    void step(final RunSummary source, final int scaleOfValues, final WindowBounds bounds) {
        begin(source, scaleOfValues, bounds);
        isStep = true;
        isAlive = true;
        if (bounds.isExpiredAtStart()) {
            run.clear(true, run.isExtended());
            count = 0;
        }
        if (!run.isEmpty()) {
            if (run.firstTime() <= bounds.startNs()) {
                carriedIn = run.firstValue();
                carriedInSinceNs = carriedIn == Decimals.UNKNOWN ? Instants.NONE : run.firstTime();
            }
            if (run.firstTime() < bounds.lowestNs()) {
                count--;
                run.trimStart(bounds.startNs());
            }
            run.extendEnd(bounds.knownUntilNs());
        }
        covered = run.duration();
    }

    /**
     * Sets the facts of a STEP window at a later instant, if no point enters the window, leaves it or takes effect
     * until then. The last value gains weight, and, if the window slides, the first value loses weight.
     */
    void slide(final WindowFacts from, final long toNs, final boolean slides) {
        final long byNs = toNs - from.atNs;
        run.copyFrom(from.run);
        wholeInUnit = from.wholeInUnit;
        isStep = true;
        isAlive = from.isAlive;
        isShort = from.isShort;
        scale = from.scale;
        count = from.count;
        carriedIn = from.carriedIn;
        carriedInSinceNs = from.carriedInSinceNs;
        cutCount = 0;
        atNs = toNs;
        startNs = slides ? from.startNs + byNs : from.startNs;
        lengthNs = slides ? from.lengthNs : from.lengthNs + byNs;
        wanted = lengthNs;
        if (!run.isEmpty()) {
            final boolean isKnownToTheEnd = run.lastTime() == from.atNs;
            if (slides && run.firstTime() == from.startNs) {
                run.trimStart(startNs);
            }
            if (isKnownToTheEnd) {
                run.extendEnd(toNs);
            }
        }
        covered = run.duration();
    }

    /** Sets the facts of a FLOW window from its run. During the life of the series the absence of events means zero. */
    void flow(
            final RunSummary source,
            final int scaleOfValues,
            final long lifeStartNs,
            final long lifeEndNs,
            final WindowBounds bounds) {
        begin(source, scaleOfValues, bounds);
        isStep = false;
        isAlive = lifeStartNs <= bounds.highestNs() && bounds.lowestNs() < lifeEndNs && !bounds.hasPeriods();
        if (bounds.wantedCount() > 0) {
            wanted = bounds.wantedCount();
            covered = Math.min(count, wanted);
            isShort = covered < wanted;
        } else if (bounds.hasPeriods()) {
            covered = bounds.coveredNs();
        } else {
            final long coveredFrom = Math.max(bounds.startNs(), lifeStartNs);
            final long coveredTo = Math.min(atNs, lifeEndNs);
            covered = coveredFrom < coveredTo ? coveredTo - coveredFrom : 0;
        }
    }

    /** Adds the shares of the periods that the start of the window cuts. Returns false if the series is torn. */
    boolean addCut(final WindowPeriods periods) {
        proRataSum.set(run.firstMomentLow(), run.firstMomentHigh());
        while (periods.nextCut()) {
            if (++cutCount <= ProRataSum.MAX_COUNT) {
                proRataSum.add(periods.amountLow(), periods.amountHigh(), periods.partNs(), periods.lengthNs());
            }
        }
        proRataCovered = periods.coveredNs();
        return periods.isIntact();
    }

    private void begin(final RunSummary source, final int scaleOfValues, final WindowBounds bounds) {
        if (source != run) {
            run.copyFrom(source);
        }
        scale = scaleOfValues;
        atNs = bounds.endNs();
        startNs = bounds.startNs();
        lengthNs = bounds.lengthNs();
        wanted = lengthNs;
        count = run.count();
        isShort = lengthNs == 0 || count < bounds.wantedCount();
        carriedIn = Decimals.UNKNOWN;
        carriedInSinceNs = Instants.NONE;
        cutCount = 0;
    }

    RunSummary run() {
        return run;
    }

    /** Returns the value of 100% in the unit of the series, 0 if the unit is no rate. */
    int wholeInUnit() {
        return wholeInUnit;
    }

    boolean isStep() {
        return isStep;
    }

    int scale() {
        return scale;
    }

    long atNs() {
        return atNs;
    }

    long startNs() {
        return startNs;
    }

    /** Returns the length of the window in ns, unsigned. */
    long lengthNs() {
        return lengthNs;
    }

    /** Returns the number of points inside the window. */
    long count() {
        return count;
    }

    /**
     * Returns the covered part of the window. STEP: the known time in ns. FLOW: the time inside the series' life. FLOW
     * of whole periods: the part of that time that they cover. FLOW of the last points: their number.
     */
    long covered() {
        return covered;
    }

    /** Returns the value of {@link #covered()} for a window without gaps. */
    long wanted() {
        return wanted;
    }

    /** Returns true if the window has a known value for some time (STEP), or two events (FLOW), and cuts no period. */
    boolean isOrdinary() {
        return cutCount == 0 && (isStep ? covered != 0 : count > 1);
    }

    /** Returns the total weight of the values. STEP: the known time. FLOW: the number of points. */
    long weight() {
        return isStep ? covered : count;
    }

    /**
     * Returns the degrees of freedom to subtract for the variance: 1 for a FLOW, whose events are a sample; 0 for a
     * STEP.
     */
    int ddof() {
        return isStep ? 0 : 1;
    }

    /**
     * Returns true if the absence of events means zero. False if events stand for periods, because a period may not be
     * booked yet.
     */
    boolean isAlive() {
        return isAlive;
    }

    boolean isPartial(final Metric metric) {
        return covered(metric) != wanted || isShort;
    }

    /** Returns the covered time of a metric. For sum, rate and coverage it may exceed that of the whole periods. */
    long covered(final Metric metric) {
        final boolean isTotal = metric == Metric.SUM || metric == Metric.RATE || metric == Metric.COVERAGE;
        return cutCount > 0 && isTotal ? proRataCovered : covered;
    }

    /** Returns true if sum and rate include shares of periods that the start of the window cuts. */
    boolean hasCut() {
        return cutCount > 0;
    }

    /** Returns true if the start of the window cuts more periods than {@link #proRataSum()} can add. */
    boolean isCutTooOften() {
        return cutCount > ProRataSum.MAX_COUNT;
    }

    /** Returns the sum including the shares of the cut periods. */
    ProRataSum proRataSum() {
        return proRataSum;
    }

    boolean hasCarriedIn() {
        return carriedIn != Decimals.UNKNOWN;
    }

    /** Returns the scaled value that was carried in, UNKNOWN if there was none. */
    long carriedIn() {
        return carriedIn;
    }

    long carriedInSinceNs() {
        return carriedInSinceNs;
    }
}
