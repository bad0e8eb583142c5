package io.tollgate.core.number;

import static io.tollgate.core.number.Int320.ADD;

/**
 * The weighted averages of a group at two instants, and the effects of rates and of weights on the change. With the
 * sums {@code S0 = sum w0 t0}, {@code W0}, {@code S1}, {@code W1} of the instants, and the shift of the rates
 * {@code A = sum w0 (t1 - t0)} over the members whose rates are known at both,
 *
 * <pre>
 *   change       S1 / W1 - S0 / W0         = (S1 W0 - S0 W1) / (W0 W1)
 *   rate effect  A / W0
 *   mix effect   change - rate effect      = (S1 W0 - (S0 + A) W1) / (W0 W1)
 * </pre>
 *
 * <p>Each is one exact quotient, correctly rounded, over powers of ten of the scale. The shift is below 2^168, so the
 * products have at most 340 bits. A weight of 0 gives NaN; no method throws. Not safe for use by several threads. No
 * method allocates.
 */
public final class GroupChange {
    private static final long SUBTRACT = ~ADD;

    private final GroupSums before = new GroupSums();
    private final GroupSums after = new GroupSums();
    private final Int320 shift = new Int320();
    private final WideInteger term = new WideInteger();
    private final WideInteger numerator = new WideInteger();
    private final WideInteger other = new WideInteger();
    private final WideInteger weightBefore = new WideInteger();
    private final WideInteger weightAfter = new WideInteger();
    private final LongDivision division = new LongDivision();

    /** Creates the change of an empty group. */
    public GroupChange() {}

    /** Removes all members. */
    public void clear() {
        before.clear();
        after.clear();
        shift.clear();
    }

    /** {@return the sums at the first instant} */
    public GroupSums before() {
        return before;
    }

    /** {@return the sums at the second instant} */
    public GroupSums after() {
        return after;
    }

    /**
     * Adds the shift of the rate of a member.
     *
     * @param w     its weight at the first instant, above 0.
     * @param parts of the weight, above 0.
     * @param t0    its rate at the first instant.
     * @param t1    its rate at the second instant.
     */
    public void addShift(final long w, final long parts, final long t0, final long t1) {
        shift.add(term.set(w).multiply(parts).multiply(Math.abs(t1)), t1 < 0 ? SUBTRACT : ADD);
        shift.add(term.set(w).multiply(parts).multiply(Math.abs(t0)), t0 < 0 ? ADD : SUBTRACT);
    }

    /**
     * Returns the change of the weighted average.
     *
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @param scale  of the rates, from 0 to 9.
     * @return the nearest double.
     */
    public double change(final boolean isZero, final int scale) {
        return rest(isZero, scale, false);
    }

    /**
     * Returns the effect of the rates.
     *
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @param scale  of the rates, from 0 to 9.
     * @return the nearest double.
     */
    public double rateEffect(final boolean isZero, final int scale) {
        setWeights(isZero);
        return division.signedQuotient(numerator.set(shift), weightBefore.multiply(Quotients.powerOfTen(scale)));
    }

    /**
     * Returns the effect of the weights.
     *
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @param scale  of the rates, from 0 to 9.
     * @return the nearest double.
     */
    public double mixEffect(final boolean isZero, final int scale) {
        return rest(isZero, scale, true);
    }

    /**
     * Returns the change of the exposure, {@code S1 - S0}.
     *
     * @param rateScale   of the rates and their unit, from 0 to 13.
     * @param weightScale of the weights, from 0 to 9.
     * @param parts       of a weight, 1 for whole weights.
     * @return the nearest double.
     */
    public double exposureChange(final int rateScale, final int weightScale, final long parts) {
        numerator.set(after.weightedRates).subtract(term.set(before.weightedRates));
        other.set(Quotients.powerOfTen(rateScale))
                .multiply(Quotients.powerOfTen(weightScale))
                .multiply(parts);
        return division.signedQuotient(numerator, other);
    }

    private double rest(final boolean isZero, final int scale, final boolean isWithoutShift) {
        setWeights(isZero);
        other.set(before.weightedRates);
        if (isWithoutShift) {
            other.add(term.set(shift));
        }
        term.setProduct(other, weightAfter);
        other.set(after.weightedRates);
        numerator.setProduct(other, weightBefore).subtract(term);
        term.setProduct(weightBefore, weightAfter).multiply(Quotients.powerOfTen(scale));
        return division.signedQuotient(numerator, term);
    }

    private void setWeights(final boolean isZero) {
        weightBefore.set(isZero ? before.weight : before.covered);
        weightAfter.set(isZero ? after.weight : after.covered);
    }
}
