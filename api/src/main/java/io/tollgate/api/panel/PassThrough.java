package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import java.util.List;
import java.util.Objects;

/**
 * How much of a tariff is passed on to a price: the slope of the line of least squares of the logarithmic change of the
 * price on that of one plus the rate, both since the first instant, over a list of instants. Immutable.
 *
 * @param price    levels above 0.
 * @param rate     in PERCENT, FRACTION or BASIS_POINT.
 * @param instants at which both are read, two at least, in order.
 */
public record PassThrough(StepSeries price, StepSeries rate, List<Long> instants) {
    /**
     * Checks the parts.
     *
     * @param price    levels above 0.
     * @param rate     in PERCENT, FRACTION or BASIS_POINT.
     * @param instants at which both are read, two at least, in order.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public PassThrough {
        Objects.requireNonNull(instants, "instants");
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(price, "price");
        instants = List.copyOf(instants);
        requireRate(rate);
        if (instants.size() < 2) {
            throw new IllegalArgumentException("instants=" + instants.size() + ", expected 2 or more");
        }
        for (int i = 0; i < instants.size(); i++) {
            Instants.requireInRange(instants.get(i));
            if (i > 0 && instants.get(i) <= instants.get(i - 1)) {
                throw new IllegalArgumentException("instants=" + Instants.format(instants.get(i)) + " behind "
                        + Instants.format(instants.get(i - 1)) + ", expected instants in order, each once");
            }
        }
    }

    /** Refuses a series that is no rate. */
    static void requireRate(final StepSeries rate) {
        final Unit unit = rate.definition().unit();
        if (unit.shareDigits() == 0 && !unit.equals(Unit.FRACTION)) {
            throw new IllegalArgumentException(
                    "series=" + rate.key() + " unit=" + unit + ", expected PERCENT, FRACTION or BASIS_POINT");
        }
    }
}
