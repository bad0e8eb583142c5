package io.tollgate.core.panel;

import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.read.LevelReader;

/** The answer of one read of a ratio of sums. Used by one thread. */
final class RatioAnswer extends PanelAnswer implements RatioReading {
    private final FlowRatio ratio;
    private final FlowScan scan;
    private final int dividendScale;
    private final int divisorScale;

    RatioAnswer(final FlowRatio ratio, final FlowScan scan, final LevelReader reader) {
        super(reader, scan.levels());
        this.ratio = ratio;
        this.scan = scan;
        dividendScale = ratio.numerators().get(0).definition().scale();
        divisorScale = ratio.denominators().get(0).definition().scale();
    }

    @Override
    public RatioReading read(final long atNs, final long baseNs) {
        Instants.requireInRange(atNs);
        Instants.requireInRange(baseNs);
        scan.at(atNs, baseNs);
        fill(scan);
        return this;
    }

    @Override
    public FlowRatio ratio() {
        return ratio;
    }

    @Override
    public Status status() {
        if (!isRead()) {
            return outcome();
        }
        return scan.status().hasValue() && scan.sums().isDivisorZero() ? Status.UNDEFINED : scan.status();
    }

    @Override
    public double value() {
        return status().hasValue() ? scan.sums().ratio(dividendScale, divisorScale) : Double.NaN;
    }

    @Override
    public double percent() {
        return status().hasValue() ? scan.sums().percent(dividendScale, divisorScale) : Double.NaN;
    }

    @Override
    public double growth() {
        return status().hasValue() ? scan.sums().growth(dividendScale, divisorScale) : Double.NaN;
    }

    @Override
    public String toString() {
        return new ReadingText("RatioReading")
                .answer("value", status(), value())
                .toString();
    }
}
