package io.tollgate.core.number;

/**
 * The metrics of a group, computed from its sums. Every result is one exact quotient, converted once and correctly
 * rounded. The exception is the index of restrictiveness, the root of a quotient, which is within 0.86 ulp (see
 * {@link Quotients#standardDeviation} for the bound).
 *
 * <p>The largest integers here are the products of two sums and a power of ten: at most 314 + 187 + 60 bits, or 320 +
 * 320 + 60 for torn records. They fit a {@link WideInteger}. A denominator of 0 gives NaN; no method throws. Not safe
 * for use by several threads: one object per thread. No method allocates.
 */
public final class GroupQuotients {
    private static final int HHI_POINTS = 10_000;

    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();
    private final WideInteger square = new WideInteger();
    private final WideInteger other = new WideInteger();
    private final LongDivision division = new LongDivision();

    /** Creates the scratch space of one thread. */
    public GroupQuotients() {}

    /**
     * Returns the simple average {@code sum t / (n 10^scale)}.
     *
     * @param sums   of the group.
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @param scale  of the rates, from 0 to 9.
     * @return the nearest double.
     */
    public double simple(final GroupSums sums, final boolean isZero, final int scale) {
        return quotient(sums.rates, isZero ? sums.members : sums.known, Quotients.powerOfTen(scale));
    }

    /**
     * Returns the weighted average {@code sum w t / (sum w 10^scale)}.
     *
     * @param sums   of the group.
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @param scale  of the rates, from 0 to 9.
     * @return the nearest double.
     */
    public double weighted(final GroupSums sums, final boolean isZero, final int scale) {
        return quotient(sums.weightedRates, weight(sums, isZero), Quotients.powerOfTen(scale));
    }

    /**
     * Returns the index of trade restrictiveness {@code sqrt(sum w t^2 / (sum w 10^(2 scale)))}.
     *
     * @param sums   of the group.
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @param scale  of the rates, from 0 to 9.
     * @return the root, within 0.86 ulp.
     */
    public double restrictiveness(final GroupSums sums, final boolean isZero, final int scale) {
        return Math.sqrt(quotient(sums.weightedSquares, weight(sums, isZero), Quotients.powerOfTen(2 * scale)));
    }

    /**
     * Returns the coverage ratio: the share of the weight whose rate is above 0.
     *
     * @param sums   of the group.
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @return the nearest double, 0 to 1.
     */
    public double coverage(final GroupSums sums, final boolean isZero) {
        return quotient(sums.restricted, weight(sums, isZero), 1);
    }

    /**
     * Returns the frequency index: the share of the members whose rate is above 0.
     *
     * @param sums   of the group.
     * @param isZero whether members whose rate is not known count with a rate of 0.
     * @return the nearest double, 0 to 1.
     */
    public double frequency(final GroupSums sums, final boolean isZero) {
        return quotient(sums.inForce, isZero ? sums.members : sums.known, 1);
    }

    /**
     * Returns the concentration {@code sum s^2} of the weight shares {@code s}.
     *
     * @param sums of the group.
     * @return the nearest double, 0 to 1.
     */
    public double concentration(final GroupSums sums) {
        return concentration(sums, 1);
    }

    /**
     * Returns the concentration of the weight in points.
     *
     * @param sums of the group.
     * @return the nearest double, 0 to 10,000.
     */
    public double concentrationPoints(final GroupSums sums) {
        return concentration(sums, HHI_POINTS);
    }

    private double concentration(final GroupSums sums, final long points) {
        setSquareOfWeight(sums);
        return division.quotient(numerator.set(sums.shareSquares).multiply(points), square);
    }

    /**
     * Returns the normalised concentration of the weight, {@code (H - 1/n) / (1 - 1/n) = (n Q - W^2) / ((n - 1) W^2)}.
     *
     * @param sums of the group.
     * @return the nearest double, 0 to 1; NaN for one member.
     */
    public double concentrationNormalised(final GroupSums sums) {
        setSquareOfWeight(sums);
        numerator.set(sums.shareSquares).multiply(sums.memberCount()).subtract(square);
        return division.signedQuotient(numerator, square.multiply(Math.max(0, sums.memberCount() - 1)));
    }

    /**
     * Returns the effective number of members: the reciprocal of the concentration.
     *
     * @param sums of the group.
     * @return the nearest double, 1 to n.
     */
    public double effectiveNumber(final GroupSums sums) {
        setSquareOfWeight(sums);
        return division.quotient(square, denominator.set(sums.shareSquares));
    }

    /**
     * Returns the number of members whose rate is above 0, averaged over time.
     *
     * @param sums     of the group.
     * @param lengthNs of the window, unsigned; 1 at an instant.
     * @return the nearest double, NaN if the length is 0.
     */
    public double inForce(final GroupSums sums, final long lengthNs) {
        return division.signedQuotient(numerator.set(sums.inForce), denominator.set(lengthNs));
    }

    /**
     * Returns the exposure {@code sum w t}, averaged over time.
     *
     * @param sums        of the group.
     * @param lengthNs    of the window, unsigned; 1 at an instant.
     * @param rateScale   of the rates and their unit, from 0 to 13.
     * @param weightScale of the weights, from 0 to 9.
     * @param parts       of a weight, 1 for whole weights.
     * @return the nearest double, NaN if the length is 0.
     */
    public double exposure(
            final GroupSums sums, final long lengthNs, final int rateScale, final int weightScale, final long parts) {
        denominator.set(lengthNs).multiply(Quotients.powerOfTen(rateScale)).multiply(Quotients.powerOfTen(weightScale));
        denominator.multiply(parts);
        return division.signedQuotient(numerator.set(sums.weightedRates), denominator);
    }

    /**
     * Returns the weight of the members whose rate is known, averaged over time.
     *
     * @param sums     of the group.
     * @param lengthNs of the window, unsigned; 1 at an instant.
     * @param scale    of the weights, from 0 to 9.
     * @param parts    of a weight, 1 for whole weights.
     * @return the nearest double, NaN if the length is 0.
     */
    public double covered(final GroupSums sums, final long lengthNs, final int scale, final long parts) {
        denominator.set(lengthNs).multiply(Quotients.powerOfTen(scale)).multiply(parts);
        return division.signedQuotient(numerator.set(sums.covered), denominator);
    }

    /**
     * Returns the share of the weight of the members whose rate is known.
     *
     * @param sums of the group.
     * @return the nearest double, 0 to 1.
     */
    public double coveredShare(final GroupSums sums) {
        return quotient(sums.covered, sums.weight, 1);
    }

    /**
     * Compares the quotient of the last call with a threshold, exactly. A concentration has no such comparison.
     *
     * @param isRoot    whether the call was {@link #restrictiveness}.
     * @param threshold to compare with.
     * @return the sign of the result minus the threshold.
     */
    public int compareLast(final boolean isRoot, final Threshold threshold) {
        return isRoot
                ? threshold.compareRoot(numerator.signum(), numerator, denominator, square, other)
                : threshold.compare(numerator, denominator, square, other);
    }

    private void setSquareOfWeight(final GroupSums sums) {
        denominator.set(sums.weight);
        square.setProduct(denominator, denominator);
    }

    private static Int320 weight(final GroupSums sums, final boolean isZero) {
        return isZero ? sums.weight : sums.covered;
    }

    private double quotient(final Int320 dividend, final Int320 divisor, final long power) {
        return division.signedQuotient(
                numerator.set(dividend), denominator.set(divisor).multiply(power));
    }
}
