package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import java.util.List;
import java.util.Objects;

/**
 * The pass-through of a tariff to a price: the least-squares slope, over a list of instants, of {@code ln(p / p0)} on
 * {@code ln((1 + t) / (1 + t0))}, with p the price and t the rate. The base p0, t0 is the first instant at which both
 * are known. Immutable.
 *
 * <pre>{@code
 * PassThrough toPrice = new PassThrough(price, rate, monthEnds);
 * double share = reader.passThrough(toPrice).read().value();
 * }</pre>
 *
 * @param price    the price, with levels above 0.
 * @param rate     the rate, in PERCENT, FRACTION or BASIS_POINT.
 * @param instants at least two instants at which both are read, in order, in ns since the epoch.
 */
public record PassThrough(StepSeries price, StepSeries rate, List<Long> instants) {
    /**
     * Checks the parts.
     *
     * @param price    the price, with levels above 0.
     * @param rate     the rate, in PERCENT, FRACTION or BASIS_POINT.
     * @param instants at least two instants at which both are read, in order, in ns since the epoch.
     * @throws IllegalArgumentException if they do not suit each other; the message says why.
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
                throw new IllegalArgumentException("instants=" + Instants.format(instants.get(i)) + " follows "
                        + Instants.format(instants.get(i - 1)) + ", expected increasing instants");
            }
        }
    }

    /** Refuses a series whose unit is not that of a rate. */
    static void requireRate(final StepSeries rate) {
        final Unit unit = rate.definition().unit();
        if (unit.shareDigits() == 0 && !unit.equals(Unit.FRACTION)) {
            throw new IllegalArgumentException(
                    "series=" + rate.key() + " unit=" + unit + ", expected PERCENT, FRACTION or BASIS_POINT");
        }
    }
}
