package io.tollgate.core.panel;

import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of a ratio of sums. Used by one thread. */
final class RatioAnswer extends PanelAnswer implements RatioReading {
    private final FlowRatio ratio;
    private final FlowScan scan;
    private final int dividendScale;
    private final int divisorScale;

    /**
     * An empty answer.
     *
     * @param owner of the reader that made it.
     */
    RatioAnswer(final FlowRatio ratio, final FlowScan scan, final GroupQuotients owner) {
        super(owner);
        this.ratio = ratio;
        this.scan = scan;
        dividendScale = ratio.numerators().get(0).definition().scale();
        divisorScale = ratio.denominators().get(0).definition().scale();
    }

    FlowScan scan() {
        return scan;
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
