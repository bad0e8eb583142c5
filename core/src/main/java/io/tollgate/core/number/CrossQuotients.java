package io.tollgate.core.number;

/**
 * Covariance, correlation and beta of two series, from {@link CrossMoments}.
 *
 * <p>With the weight {@code W} and the sums {@code Sx}, {@code Sy}, {@code Sxx}, {@code Syy} and {@code Sxy} three
 * integers replace the central moments:
 *
 * <pre>
 *   A = W Sxx - Sx^2   = W^2 var(x)
 *   B = W Syy - Sy^2   = W^2 var(y)
 *   C = W Sxy - Sx Sy  = W^2 cov(x, y)
 * </pre>
 *
 * <p>Every result is one exact quotient, converted once; the scales of both series are powers of ten in it. The sums of
 * disjoint observations are below 2^127 and 2^190, so {@code A}, {@code B} and {@code C} have at most 255 bits. The
 * largest integers here, {@code C^2} and {@code A B}, have 510. For a torn record the sums stay below 2^190 and 2^253,
 * so these integers have at most 381 and 762 bits: they fit 12 words, and no method throws.
 *
 * <p>A result is NaN if the weight is not above {@code ddof}, or a side is constant. Not safe for use by several
 * threads: one object per thread. No method allocates.
 */
public final class CrossQuotients {
    private final WideInteger sumX = new WideInteger();
    private final WideInteger sumY = new WideInteger();
    private final WideInteger spreadX = new WideInteger();
    private final WideInteger spreadY = new WideInteger();
    private final WideInteger shared = new WideInteger();
    private final WideInteger product = new WideInteger();
    private final WideInteger denominator = new WideInteger();
    private final LongDivision division = new LongDivision();

    /** Creates the scratch space of one thread. */
    public CrossQuotients() {}

    /**
     * Returns the covariance {@code C / (W (W - ddof) 10^(scaleX + scaleY))}.
     *
     * @param moments of both series.
     * @param ddof    1 for a sample of buckets (FLOW), 0 for time in force (STEP).
     * @param scaleX  of {@code x}, from 0 to 9.
     * @param scaleY  of {@code y}, from 0 to 9.
     * @return the nearest double, NaN if the weight is not above {@code ddof}.
     */
    public double covariance(final CrossMoments moments, final int ddof, final int scaleX, final int scaleY) {
        final long weight = moments.weight();
        if (Long.compareUnsigned(weight, ddof) <= 0) {
            return Double.NaN;
        }
        setShared(moments);
        denominator.set(weight).multiply(weight - ddof).multiply(Quotients.powerOfTen(scaleX + scaleY));
        return division.signedQuotient(shared, denominator);
    }

    /**
     * Returns Pearson's correlation coefficient, {@code C / sqrt(A B)}; the scales, {@code ddof} and the unit of weight
     * cancel out.
     *
     * <p>Within 0.86 ulp and in [-1, 1]: it is the root of the correctly rounded {@code C^2 / (A B)} with the sign of
     * {@code C}; see {@link Quotients#standardDeviation} for the bound. As {@code C^2 <= A B} exactly (Cauchy and
     * Schwarz), the quotient is not rounded above 1, and a straight line gives 1 or -1. If it is not 0 the quotient is
     * above 2^-762: it does not underflow.
     *
     * @param moments of both series.
     * @return the coefficient, NaN (UNDEFINED) if a side {@linkplain #isConstantX is constant}.
     */
    public double correlation(final CrossMoments moments) {
        setSpreadX(moments);
        setSpreadY(moments);
        if (!isAboveZero(spreadX) || !isAboveZero(spreadY)) {
            return Double.NaN;
        }
        setShared(moments);
        product.setProduct(shared, shared);
        denominator.setProduct(spreadX, spreadY);
        final double root = Math.sqrt(division.quotient(product, denominator));
        return shared.isNegative() ? -root : root;
    }

    /**
     * Returns the slope of the least-squares line of {@code y} on {@code x}, which is the covariance over the variance
     * of {@code x}: {@code C 10^scaleX / (A 10^scaleY)}; {@code ddof} and the unit of weight cancel out.
     *
     * @param moments of both series.
     * @param scaleX  of {@code x}, from 0 to 9.
     * @param scaleY  of {@code y}, from 0 to 9.
     * @return the nearest double, NaN (UNDEFINED) if {@linkplain #isConstantX x is constant}.
     */
    public double beta(final CrossMoments moments, final int scaleX, final int scaleY) {
        setSpreadX(moments);
        if (!isAboveZero(spreadX)) {
            return Double.NaN;
        }
        setShared(moments);
        shared.multiply(Quotients.powerOfTen(scaleX));
        return division.signedQuotient(shared, spreadX.multiply(Quotients.powerOfTen(scaleY)));
    }

    /**
     * Returns true if {@code x} has the same value in all observations with a weight.
     *
     * @param moments of both series.
     * @return whether {@code W Sxx = Sx^2} exactly; true also if there is no weight at all.
     */
    public boolean isConstantX(final CrossMoments moments) {
        setSpreadX(moments);
        return spreadX.length() == 0;
    }

    /**
     * Returns true if {@code y} has the same value in all observations with a weight.
     *
     * @param moments of both series.
     * @return whether {@code W Syy = Sy^2} exactly; true also if there is no weight at all.
     */
    public boolean isConstantY(final CrossMoments moments) {
        setSpreadY(moments);
        return spreadY.length() == 0;
    }

    private static boolean isAboveZero(final WideInteger spread) {
        return spread.length() > 0 && !spread.isNegative();
    }

    private void setSpreadX(final CrossMoments moments) {
        sumX.set(moments.sumX);
        spreadX.set(moments.squareX).multiply(moments.weight()).subtract(product.setProduct(sumX, sumX));
    }

    private void setSpreadY(final CrossMoments moments) {
        sumY.set(moments.sumY);
        spreadY.set(moments.squareY).multiply(moments.weight()).subtract(product.setProduct(sumY, sumY));
    }

    private void setShared(final CrossMoments moments) {
        sumX.set(moments.sumX);
        sumY.set(moments.sumY);
        shared.set(moments.product).multiply(moments.weight()).subtract(product.setProduct(sumX, sumY));
    }
}
