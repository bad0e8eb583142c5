package io.tollgate.core.metric;

import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.BaselineMean;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.window.SeriesRuns;
import io.tollgate.core.window.WindowBounds;

/** The mean of a {@link Baseline}, read together with the window that is compared with it. Used by one thread. */
final class BaselineReading {
    private static final int MAX_SCALE = 9;

    private final BasicMetrics basics;
    private final Baseline baseline;

    /** A fixed mean, converted to each scale. */
    private final BaselineMean[] fixed = new BaselineMean[MAX_SCALE + 1];

    private final BaselineMean earlier = new BaselineMean();
    private final WindowBounds bounds = new WindowBounds();
    private final RunSummary summary = new RunSummary();
    private final WindowFacts facts = new WindowFacts();
    private BaselineMean mean = earlier;
    private Status status = Status.EMPTY;

    BaselineReading(final Baseline baseline, final BasicMetrics basics) {
        this.basics = basics;
        this.baseline = baseline;
        if (baseline instanceof Baseline.Fixed number) {
            for (int scale = 0; scale <= MAX_SCALE; scale++) {
                fixed[scale] = new BaselineMean().set(number.mean(), scale);
            }
        }
    }

    /** Returns the metric that is compared: the sum of a FLOW, the mean of a STEP. */
    static BasicMetric compared(final boolean isStep) {
        return isStep ? BasicMetric.MEAN : BasicMetric.SUM;
    }

    /** Returns the weight of one run in the mean. */
    static long weight(final WindowFacts facts) {
        return facts.isStep() ? facts.covered() : 1;
    }

    /**
     * Returns INSUFFICIENT if a baseline window has no value to compare with, PARTIAL if one is only partly covered,
     * otherwise OK.
     */
    Status status() {
        return status;
    }

    BaselineMean mean() {
        return mean;
    }

    /**
     * Reads the mean.
     *
     * @param current the window that is compared.
     * @param runs    of the series.
     * @return false if the series was found torn.
     */
    boolean read(final WindowFacts current, final SeriesRuns runs) {
        status = Status.OK;
        if (baseline instanceof Baseline.Earlier windows) {
            mean = earlier.clear();
            return addAll(windows, current, runs);
        }
        mean = fixed[current.scale()];
        return true;
    }

    private boolean addAll(final Baseline.Earlier windows, final WindowFacts current, final SeriesRuns runs) {
        long atNs = current.atNs();
        for (int i = 0; i < windows.count() && status != Status.INSUFFICIENT; i++) {
            if (atNs < Instants.MIN + windows.shiftNs()) {
                status = Status.INSUFFICIENT;
                return true;
            }
            atNs -= windows.shiftNs();
            if (!add(atNs, current, runs)) {
                return false;
            }
        }
        return true;
    }

    private boolean add(final long atNs, final WindowFacts current, final SeriesRuns runs) {
        if (!runs.resolve(atNs, bounds) || !runs.summarise(bounds, summary)) {
            return false;
        }
        if (current.isStep()) {
            facts.step(summary, current.scale(), bounds);
        } else {
            facts.flow(summary, current.scale(), runs.aliveFrom(), runs.lifeEnd(), bounds);
        }
        final BasicMetric compared = compared(current.isStep());
        if (basics.status(compared, facts) != Status.OK) {
            status = Status.INSUFFICIENT;
            return true;
        }
        if (facts.isPartial(compared)) {
            status = Status.PARTIAL;
        }
        earlier.add(facts.run().firstMomentLow(), facts.run().firstMomentHigh(), weight(facts));
        return true;
    }
}
