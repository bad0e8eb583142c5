package io.tollgate.core.panel;

import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelSource;

/** A quantity and a rate at two instants. Used by one thread. */
final class ElasticityScan extends FlowScan implements SlopeAnswer.SlopeScan {
    private static final int INSTANTS = 2;

    private final LevelCursor cursor;
    private final Quotients quotients = new Quotients();
    private final int rate;
    private final int scale;
    private final int unitDivisor;
    private long before;
    private long after;

    ElasticityScan(
            final Elasticity elasticity, final Window window, final LevelSource source, final LevelCursor cursor) {
        super(elasticity.flows(), elasticity.flows(), window, source);
        this.cursor = cursor;
        rate = levels().add(elasticity.rate());
        scale = elasticity.rate().definition().scale();
        unitDivisor =
                PassThroughScan.divisor(elasticity.rate().definition().unit().shareDigits());
    }

    @Override
    public boolean read() {
        final boolean isIntact = super.read() && cursor.open(levels(), rate, atNs(), atNs());
        after = cursor.value();
        final boolean isWholeBefore = isIntact && cursor.open(levels(), rate, baseNs(), baseNs());
        before = cursor.value();
        return isWholeBefore;
    }

    @Override
    public Status slopeStatus() {
        if (status() == Status.EMPTY) {
            return Status.EMPTY;
        }
        if (before == Decimals.UNKNOWN || after == Decimals.UNKNOWN) {
            return Status.INSUFFICIENT;
        }
        final double change = quotients.logChange(before, after, scale, unitDivisor);
        return sums().isAboveZero() && change != 0 && !Double.isNaN(change) ? status() : Status.UNDEFINED;
    }

    @Override
    public double value() {
        return sums().logRatio() / quotients.logChange(before, after, scale, unitDivisor);
    }

    @Override
    public int count() {
        return INSTANTS;
    }
}
