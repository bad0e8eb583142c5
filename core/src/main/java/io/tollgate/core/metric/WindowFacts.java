package io.tollgate.core.metric;

import io.tollgate.api.Publisher;
import io.tollgate.api.Unit;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.window.WindowBounds;

/** What a read has found out about one window: the exact summary of its run, cut to the window. Used by one thread. */
final class WindowFacts {
    private final RunSummary run = new RunSummary();
    private Unit unit = Unit.COUNT;
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
    private long carriedIn = Publisher.UNKNOWN;
    private long carriedInSinceNs = Publisher.NONE;

    void unit(final Unit unit) {
        this.unit = unit;
    }

    /** The facts of nothing. */
    void clear(final long at) {
        run.clear(false);
        atNs = at;
        count = 0;
        covered = 0;
        lengthNs = 0;
        wanted = 1;
        isAlive = false;
        carriedIn = Publisher.UNKNOWN;
        carriedInSinceNs = Publisher.NONE;
    }

    /** The facts of a STEP window, from its run: its points, and the one in force at its start. */
    void step(final RunSummary source, final int scaleOfValues, final WindowBounds bounds) {
        begin(source, scaleOfValues, bounds);
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

    /** The facts of a FLOW window, from its run; from the start of life on the absence of events means zero. */
    void flow(final RunSummary source, final int scaleOfValues, final long lifeStartNs, final WindowBounds bounds) {
        begin(source, scaleOfValues, bounds);
        isStep = false;
        isAlive = lifeStartNs <= atNs;
        if (bounds.wantedCount() > 0) {
            wanted = bounds.wantedCount();
            covered = Math.min(count, wanted);
            isShort = covered < wanted;
        } else {
            final long coveredFrom = Math.max(bounds.startNs(), lifeStartNs);
            covered = coveredFrom < atNs ? atNs - coveredFrom : 0;
        }
    }

    private void begin(final RunSummary source, final int scaleOfValues, final WindowBounds bounds) {
        run.copyFrom(source);
        scale = scaleOfValues;
        atNs = bounds.endNs();
        startNs = bounds.startNs();
        lengthNs = bounds.lengthNs();
        wanted = lengthNs;
        count = run.count();
        isShort = lengthNs == 0 || count < bounds.wantedCount();
        carriedIn = Publisher.UNKNOWN;
        carriedInSinceNs = Publisher.NONE;
    }

    RunSummary run() {
        return run;
    }

    Unit unit() {
        return unit;
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

    /** The length of the window in ns, unsigned. */
    long lengthNs() {
        return lengthNs;
    }

    /** Points inside the window. */
    long count() {
        return count;
    }

    /** STEP: the known time in ns. FLOW: the time inside the series' life, or, of the last points, their number. */
    long covered() {
        return covered;
    }

    /** What {@link #covered()} would be if nothing were missing. */
    long wanted() {
        return wanted;
    }

    /** What the values weigh together: STEP the known time, FLOW the points. */
    long weight() {
        return isStep ? covered : count;
    }

    /** What a degree of freedom less costs the variance: 1 in a FLOW, whose events are a sample; 0 in a STEP. */
    int ddof() {
        return isStep ? 0 : 1;
    }

    /** Whether the absence of events means zero. */
    boolean isAlive() {
        return isAlive;
    }

    boolean isPartial() {
        return covered != wanted || isShort;
    }

    boolean hasCarriedIn() {
        return carriedIn != Publisher.UNKNOWN;
    }

    /** The scaled value that was carried in, UNKNOWN if none was. */
    long carriedIn() {
        return carriedIn;
    }

    long carriedInSinceNs() {
        return carriedInSinceNs;
    }
}
