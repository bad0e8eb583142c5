package io.tollgate.core.number;

/**
 * Skew, kurtosis and the least-squares line, from the exact moments of an {@linkplain RunSummary#isExtended() extended}
 * summary.
 *
 * <p>The sums of powers {@code Mk} of values with the sum of weights {@code W}, {@code n} events in FLOW or the known
 * time in STEP, give integers that replace the central moments {@code mk}:
 *
 * <pre>
 *   A2 = W M2 - M1^2                                   = W^2 m2
 *   A3 = W (W M3 - 3 M1 M2) + 2 M1^3                   = W^3 m3
 *   A4 = W (W (W M4 - 4 M1 M3) + 6 M1^2 M2) - 3 M1^4   = W^4 m4
 * </pre>
 *
 * <p>Skew and kurtosis have no unit, so the scale cancels out. Every result is one exact quotient, converted once. As
 * {@code |M1| <= 2^127}, {@code M2 < 2^192}, {@code |M3| <= 2^255} and {@code |M4| <= 2^319} for any words, {@code A2},
 * {@code A3} and {@code A4} have at most 256, 386 and 514 bits. The largest integer here, the numerator of the squared
 * skew, has fewer than 900 bits: within 15 words.
 *
 * <p>A result is NaN if there are too few points, no weight or no variance, or if the summary is not extended. Not safe
 * for use by several threads: one object per thread. No method allocates.
 */
public final class ShapeQuotients {
    private final WideInteger first = new WideInteger();
    private final WideInteger second = new WideInteger();
    private final WideInteger third = new WideInteger();
    private final WideInteger time = new WideInteger();
    private final WideInteger timeSquare = new WideInteger();
    private final WideInteger timeValue = new WideInteger();
    private final WideInteger spread = new WideInteger();
    private final WideInteger central = new WideInteger();
    private final WideInteger square = new WideInteger();
    private final WideInteger product = new WideInteger();
    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();
    private final LongDivision division = new LongDivision();

    /** Creates the scratch space of one thread. */
    public ShapeQuotients() {}

    /**
     * Returns the skew. STEP: {@code g1 = m3 / m2^(3/2)} of the values weighted by time. FLOW: the adjusted
     * Fisher-Pearson coefficient {@code G1 = sqrt(n (n - 1)) / (n - 2) * g1} of the events as a sample.
     *
     * <p>Within 0.86 ulp: it is the root of the correctly rounded {@code A3^2 / A2^3}, or
     * {@code n (n - 1) A3^2 / ((n - 2)^2 A2^3)}, with the sign of {@code A3}; see {@link Quotients#standardDeviation}
     * for the bound. If it is not 0 the quotient is above 2^-765 and below 2^899: it neither underflows nor overflows.
     *
     * @param summary an extended one.
     * @return the skew, NaN for FLOW of fewer than 3 events, or if the values are
     *     {@linkplain Quotients#isConstant constant}.
     */
    public double skew(final ReadableRunSummary summary) {
        final boolean isSample = !summary.timeWeighted();
        final long n = summary.count();
        if (isSample && n < 3 || !loadValues(summary)) {
            return Double.NaN;
        }
        setThirdCentral(summary);
        numerator.setProduct(central, central);
        square.setProduct(spread, spread);
        denominator.setProduct(square, spread);
        if (isSample) {
            numerator.multiply(n).multiply(n - 1);
            denominator.multiply(n - 2).multiply(n - 2);
        }
        final double root = Math.sqrt(division.quotient(numerator, denominator));
        return central.isNegative() ? -root : root;
    }

    /**
     * Returns the excess kurtosis. STEP: {@code g2 = m4 / m2^2 - 3} of the values weighted by time. FLOW: the sample
     * excess kurtosis of the events, {@code G2 = (n - 1) / ((n - 2) (n - 3)) * ((n + 1) g2 + 6)}.
     *
     * <p>Correctly rounded: {@code (A4 - 3 A2^2) / A2^2}, or
     * {@code (n - 1) ((n + 1) A4 - 3 (n - 1) A2^2) / ((n - 2) (n - 3) A2^2)}.
     *
     * @param summary an extended one.
     * @return the nearest double, NaN for FLOW of fewer than 4 events, or if the values are
     *     {@linkplain Quotients#isConstant constant}.
     */
    public double kurtosis(final ReadableRunSummary summary) {
        final boolean isSample = !summary.timeWeighted();
        final long n = summary.count();
        if (isSample && n < 4 || !loadValues(summary)) {
            return Double.NaN;
        }
        setFourthCentral(summary);
        denominator.setProduct(spread, spread);
        product.setProduct(spread, spread).multiply(3);
        if (isSample) {
            central.multiply(n + 1).subtract(product.multiply(n - 1)).multiply(n - 1);
            denominator.multiply(n - 2).multiply(n - 3);
        } else {
            central.subtract(product);
        }
        return division.signedQuotient(central, denominator);
    }

    /**
     * Returns the slope per day of the least-squares line of the value on time: of the events in FLOW, of the level
     * over all known time in STEP.
     *
     * <p>Correctly rounded. With the sums {@code T}, {@code Q} and {@code P} of times, of their squares, and of
     * products of time and value it is {@code (W P - T M1) / (W Q - T^2)} per ns.
     *
     * @param summary an extended one.
     * @param scale   of the series, from 0 to 9.
     * @return the nearest double, NaN if {@link #isInstant}.
     */
    public double slopePerDay(final ReadableRunSummary summary, final int scale) {
        if (!loadLine(summary)) {
            return Double.NaN;
        }
        numerator.multiply(Quotients.DAY_NS);
        denominator.multiply(Quotients.powerOfTen(scale));
        return division.signedQuotient(numerator, denominator);
    }

    /**
     * Returns the value at an instant of the line with the {@linkplain #slopePerDay slope} above: its intercept with
     * that instant as the origin of time.
     *
     * <p>Correctly rounded: {@code (M1 Q - T P + atNs (W P - T M1)) / (W Q - T^2)}.
     *
     * @param summary an extended one.
     * @param atNs    any instant in ns since the epoch.
     * @param scale   of the series, from 0 to 9.
     * @return the nearest double, NaN if {@link #isInstant}.
     */
    public double intercept(final ReadableRunSummary summary, final long atNs, final int scale) {
        return intercept(summary, atNs, 0, scale);
    }

    /**
     * Returns the value of the line before an instant: a window may be longer than the representable time before it.
     *
     * @param summary  an extended one.
     * @param atNs     any instant in ns since the epoch.
     * @param beforeNs the distance before it, unsigned.
     * @param scale    of the series, from 0 to 9.
     * @return the nearest double, NaN if {@link #isInstant}.
     */
    public double intercept(final ReadableRunSummary summary, final long atNs, final long beforeNs, final int scale) {
        if (!loadLine(summary)) {
            return Double.NaN;
        }
        final boolean isSample = !summary.timeWeighted();
        final long borrow = Long.compareUnsigned(atNs, beforeNs) < 0 ? 1 : 0;
        central.setProduct(numerator, product.setSigned(atNs - beforeNs, (atNs >> 63) - borrow));
        central.add(product.setProduct(first, timeSquare).multiply(isSample ? 1 : 4));
        central.subtract(product.setProduct(time, timeValue).multiply(isSample ? 1 : 3));
        denominator.multiply(Quotients.powerOfTen(scale));
        return division.signedQuotient(central, denominator);
    }

    /**
     * Returns true if all points with a weight are at one instant, so that no line through them has a slope.
     *
     * @param summary an extended one.
     * @return whether {@code W Q = T^2} exactly; true also if no value is known.
     */
    public boolean isInstant(final ReadableRunSummary summary) {
        setTimeSpread(summary);
        return denominator.length() == 0;
    }

    private static long weight(final ReadableRunSummary summary) {
        return summary.timeWeighted() ? summary.duration() : summary.count();
    }

    /** Sets the first two moments and the spread {@code A2}; returns false if the spread is 0 or undefined. */
    private boolean loadValues(final ReadableRunSummary summary) {
        second.set(summary.secondMomentLow(), summary.secondMomentMiddle(), summary.secondMomentHigh());
        summary.moments.spread(weight(summary), spread, first, square);
        return summary.isExtended() && spread.length() > 0 && !spread.isNegative();
    }

    /** Sets {@code A3 = W (W M3 - 3 M1 M2) + 2 M1^3}. */
    private void setThirdCentral(final ReadableRunSummary summary) {
        final long weight = weight(summary);
        central.set(summary.moments.extended.third).multiply(weight);
        central.subtract(product.setProduct(first, second).multiply(3)).multiply(weight);
        central.add(product.setProduct(square, first).multiply(2));
    }

    /** Sets {@code A4 = W (W (W M4 - 4 M1 M3) + 6 M1^2 M2) - 3 M1^4}. */
    private void setFourthCentral(final ReadableRunSummary summary) {
        final long weight = weight(summary);
        third.set(summary.moments.extended.third);
        central.set(summary.moments.extended.fourth).multiply(weight);
        central.subtract(product.setProduct(first, third).multiply(4)).multiply(weight);
        central.add(product.setProduct(square, second).multiply(6)).multiply(weight);
        central.subtract(product.setProduct(square, square).multiply(3));
    }

    /**
     * Sets the numerator of the slope per ns and the denominator, {@code W P - T M1} and {@code W Q - T^2}. In STEP the
     * stored sums are {@code 2 T}, {@code 3 Q} and {@code 2 P}: both are twelve times as large there. Returns false if
     * the line has no slope.
     */
    private boolean loadLine(final ReadableRunSummary summary) {
        setTimeSpread(summary);
        first.setSigned(summary.firstMomentLow(), summary.firstMomentHigh());
        timeValue.set(summary.moments.extended.timeValue);
        numerator.set(summary.moments.extended.timeValue).multiply(weight(summary));
        numerator.subtract(product.setProduct(time, first)).multiply(summary.timeWeighted() ? 6 : 1);
        return summary.isExtended() && denominator.length() > 0 && !denominator.isNegative();
    }

    private void setTimeSpread(final ReadableRunSummary summary) {
        final boolean isSample = !summary.timeWeighted();
        time.set(summary.moments.extended.time);
        timeSquare.set(summary.moments.extended.timeSquare);
        denominator
                .set(summary.moments.extended.timeSquare)
                .multiply(weight(summary))
                .multiply(isSample ? 1 : 4);
        denominator.subtract(product.setProduct(time, time).multiply(isSample ? 1 : 3));
    }
}
