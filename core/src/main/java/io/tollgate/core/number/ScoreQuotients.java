package io.tollgate.core.number;

/**
 * Scores the distance of a value from an expectation: the z-score against a run of points, and the Poisson z-score and
 * the ratio against a mean of baselines.
 *
 * <p>A score is the root of an exact quotient, converted once, with the sign of an exact integer: within 0.86 ulp, see
 * {@link Quotients#standardDeviation} for the bound. For any words, the distance is at most 2^128 in a z-score and
 * below 2^297 in a Poisson z-score, see {@link BaselineMean}. So the largest integers here, the squares of the
 * distances, have at most 594 bits. A quotient that is not 0 is above 2^-460 and below 2^594: it neither underflows nor
 * overflows.
 *
 * <p>An undefined result is NaN; inconsistent words (as read from a torn record) give any number or NaN; no method
 * throws. Not safe for use by several threads: one object per thread. No method allocates.
 */
public final class ScoreQuotients {
    private final WideInteger distance = new WideInteger();
    private final WideInteger first = new WideInteger();
    private final WideInteger square = new WideInteger();
    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();
    private final LongDivision division = new LongDivision();

    /** Creates the scratch space of one thread. */
    public ScoreQuotients() {}

    /**
     * Returns the z-score {@code (value - mean) / sd} of a value against a run of points; the scale cancels out.
     *
     * <p>With the weight {@code W} and the moments {@code Mk} it is {@code D = W value - M1} over a root:
     * {@code z^2 = D^2 (W - ddof) / (W (W M2 - M1^2))}.
     *
     * @param summary of the points it is compared with, of the value's scale.
     * @param weight  unsigned, the sum of weights, as for the {@linkplain Quotients#variance variance}.
     * @param ddof    1 for a sample, 0 for a whole population.
     * @param value   any long.
     * @return the score, NaN if the weight is not above {@code ddof} (INSUFFICIENT), or if the points are
     *     {@linkplain Quotients#isConstant constant} (UNDEFINED).
     */
    public double zScore(final ReadableRunSummary summary, final long weight, final int ddof, final long value) {
        return setZScore(summary, weight, ddof, value) ? signedRoot() : Double.NaN;
    }

    /**
     * Sets numerator and denominator of the squared score, and the distance; returns false if the score has no value.
     */
    private boolean setZScore(final ReadableRunSummary summary, final long weight, final int ddof, final long value) {
        summary.moments.spread(weight, denominator, first, square);
        if (Long.compareUnsigned(weight, ddof) <= 0 || denominator.length() == 0 || denominator.isNegative()) {
            return false;
        }
        denominator.multiply(weight);
        distance.setSigned(value, value >> 63).multiply(weight).subtract(first);
        numerator.setProduct(distance, distance).multiply(weight - ddof);
        return true;
    }

    /**
     * Compares a {@linkplain #zScore z-score} that has a value with a threshold, exactly.
     *
     * @param summary   as for the score.
     * @param weight    as for the score.
     * @param ddof      as for the score.
     * @param value     as for the score.
     * @param threshold to compare with.
     * @return the sign of the score minus the threshold.
     */
    public int compareZScore(
            final ReadableRunSummary summary,
            final long weight,
            final int ddof,
            final long value,
            final Threshold threshold) {
        setZScore(summary, weight, ddof, value);
        return threshold.compareRoot(distance.signum(), numerator, denominator, first, square);
    }

    /**
     * Returns the z-score {@code (x - b) / sqrt(b)} of a count {@code x} against the mean {@code b} of a baseline, for
     * counts with a Poisson distribution. With {@code x = X / 10^scale}, {@code b = S / (N 10^scale)} and
     * {@code D = N X - S} its square is {@code D^2 / (N S 10^scale)}.
     *
     * @param low      the lowest word of {@code X}, 128 bits in two's complement.
     * @param high     the highest word of {@code X}.
     * @param baseline {@code S} and {@code N}.
     * @param scale    of both, from 0 to 9.
     * @return the score, NaN (UNDEFINED) unless the mean of the baseline is above 0.
     */
    public double poissonScore(final long low, final long high, final BaselineMean baseline, final int scale) {
        if (baseline.weight.length() == 0 || baseline.sum.length() == 0 || baseline.sum.isNegative()) {
            return Double.NaN;
        }
        distance.setProduct(first.setSigned(low, high), baseline.weight).subtract(baseline.sum);
        numerator.setProduct(distance, distance);
        denominator.setProduct(baseline.weight, baseline.sum).multiply(Quotients.powerOfTen(scale));
        return signedRoot();
    }

    /**
     * Returns the ratio {@code x / b} of an amount or mean {@code x = X / (W 10^scale)} to the mean of a baseline,
     * {@code N X / (W S)}; the scale cancels out. Correctly rounded; see {@link #poissonScore} for the names.
     *
     * @param low      the lowest word of {@code X}.
     * @param high     the highest word of {@code X}.
     * @param weight   unsigned, {@code W}: 1 for an amount, the time for a mean of levels.
     * @param baseline {@code S} and {@code N}.
     * @return the nearest double, NaN (UNDEFINED) if the mean of the baseline is 0 or there is none.
     */
    public double baselineRatio(final long low, final long high, final long weight, final BaselineMean baseline) {
        if (baseline.weight.length() == 0) {
            return Double.NaN;
        }
        numerator.setProduct(first.setSigned(low, high), baseline.weight);
        return division.signedQuotient(numerator, denominator.setProduct(baseline.sum, square.set(weight)));
    }

    /** Returns the root of the numerator over the denominator, with the sign of the distance. */
    private double signedRoot() {
        final double root = Math.sqrt(division.quotient(numerator, denominator));
        return distance.isNegative() ? -root : root;
    }
}
