package io.tollgate.core.number;

import java.util.Arrays;

/**
 * Converts exact rational numbers to {@code double}, each once. Every result but the standard deviation and the
 * logarithms is the {@code double} nearest to the exact quotient; ties round to even.
 *
 * <p>Numerators and denominators are integers of as many words as they need. If both fit one word and are at most 2^53,
 * they are exact doubles, and the hardware division rounds correctly.
 *
 * <p>A divisor of 0, a weight not above {@code ddof}, or inconsistent sums (as read from a torn record) give NaN; no
 * method throws. Not safe for use by several threads: one object per thread. No method allocates.
 */
public final class Quotients {
    /** A day in ns. */
    static final long DAY_NS = 86_400_000_000_000L;

    /** All integers below it are exact doubles. */
    private static final double EXACT = 0x1p53;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    /** The same powers as doubles, which are exact. */
    private static final double[] TENS =
            Arrays.stream(POWERS_OF_TEN).asDoubleStream().toArray();

    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();
    private final WideInteger first = new WideInteger();
    private final WideInteger square = new WideInteger();
    private final LongDivision division = new LongDivision();
    private final PairQuotient pairs = new PairQuotient();

    /** Creates the scratch space of one thread. */
    public Quotients() {}

    private static long[] powersOfTen() {
        final long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /**
     * Returns {@code value / 10^scale}.
     *
     * @param value any long.
     * @param scale from 0 to 9.
     * @return the nearest double.
     */
    public double decimal(final long value, final int scale) {
        final double exact = value;
        return Math.abs(exact) < EXACT
                ? exact / TENS[scale]
                : signed(value < 0, quotient(Math.abs(value), 0, POWERS_OF_TEN[scale]));
    }

    /**
     * Returns {@code value / 10^scale} of a value of 128 bits.
     *
     * @param low   its lowest word.
     * @param high  its highest word, with the sign.
     * @param scale from 0 to 9.
     * @return the nearest double.
     */
    public double decimal(final long low, final long high, final int scale) {
        return signedQuotient(low, high, POWERS_OF_TEN[scale]);
    }

    /**
     * Returns {@code (minuend - subtrahend) / 10^scale}; the difference may have 65 bits.
     *
     * @param minuend    any long.
     * @param subtrahend any long.
     * @param scale      from 0 to 9.
     * @return the nearest double.
     */
    public double difference(final long minuend, final long subtrahend, final int scale) {
        final boolean negative = minuend < subtrahend;
        final long magnitude = negative ? subtrahend - minuend : minuend - subtrahend;
        return signed(negative, quotient(magnitude, 0, POWERS_OF_TEN[scale]));
    }

    /**
     * Returns {@code dividend / divisor}.
     *
     * @param dividend unsigned.
     * @param divisor  unsigned.
     * @return the nearest double, NaN if the divisor is 0.
     */
    public double ratio(final long dividend, final long divisor) {
        return quotient(dividend, 0, divisor);
    }

    /**
     * Returns the first moment over a divisor, {@code sum(value * weight) / (divisor * 10^scale)}: a mean if the
     * divisor is the sum of weights, a sum if it is 1.
     *
     * @param summary whose first moment it is.
     * @param divisor unsigned.
     * @param scale   from 0 to 9.
     * @return the nearest double, NaN if the divisor is 0.
     */
    public double firstMoment(final ReadableRunSummary summary, final long divisor, final int scale) {
        return mean(summary.firstMomentLow(), summary.firstMomentHigh(), divisor, scale);
    }

    /**
     * Returns a sum over a divisor, {@code sum / (divisor * 10^scale)}.
     *
     * @param low     the lowest word of the sum, 128 bits in two's complement.
     * @param high    the highest word of it.
     * @param divisor unsigned.
     * @param scale   from 0 to 9.
     * @return the nearest double, NaN if the divisor is 0.
     */
    public double mean(final long low, final long high, final long divisor, final int scale) {
        final double power = TENS[scale];
        if (high == low >> 63) {
            final double sum = low;
            final double product = divisor * power;
            if (Math.abs(sum) < EXACT && product > 0 && product < EXACT) {
                return sum / product;
            }
        }
        final long sign = high >> 63;
        final long magnitudeHigh = (high ^ sign) - (low == 0 ? sign : 0);
        final double quotient = PairQuotient.divide(magnitudeHigh, (low ^ sign) - sign, divisor, power);
        if (quotient == quotient) {
            return signed(high < 0, quotient);
        }
        numerator.setSigned(low, high);
        return division.signedQuotient(numerator, denominator.set(divisor).multiply(POWERS_OF_TEN[scale]));
    }

    /**
     * Returns the first moment per day, {@code sum(value * weight) / (length * 10^scale)}: the rate of a FLOW. The
     * numerator has at most 175 bits.
     *
     * @param summary  whose first moment it is.
     * @param lengthNs unsigned, the length of the window.
     * @param scale    from 0 to 9.
     * @return the nearest double, NaN if the length is 0.
     */
    public double firstMomentPerDay(final ReadableRunSummary summary, final long lengthNs, final int scale) {
        return perDay(summary.firstMomentLow(), summary.firstMomentHigh(), lengthNs, scale);
    }

    /**
     * Returns the change per day, {@code (minuend - subtrahend) / (length * 10^scale)}: the rate of a STEP.
     *
     * @param minuend    any long.
     * @param subtrahend any long.
     * @param lengthNs   unsigned, the length of the window.
     * @param scale      from 0 to 9.
     * @return the nearest double, NaN if the length is 0.
     */
    public double differencePerDay(final long minuend, final long subtrahend, final long lengthNs, final int scale) {
        return perDay(minuend - subtrahend, differenceHigh(minuend, subtrahend), lengthNs, scale);
    }

    /** Returns the highest word of a difference of 128 bits. */
    private static long differenceHigh(final long minuend, final long subtrahend) {
        return (minuend >> 63) - (subtrahend >> 63) - UnsignedMath.borrow(minuend, subtrahend);
    }

    /**
     * Returns a value interpolated between two neighbours of a sorted sample,
     * {@code (lower * (whole - part) + upper * part) / (whole * 10^scale)}: a quantile of type 7 with its fraction as
     * an exact quotient. Both products are below 2^93.
     *
     * @param lower any long.
     * @param upper any long.
     * @param part  from 0 to {@code whole}: the position between the lower and the upper value.
     * @param whole from 1 to 10^9.
     * @param scale from 0 to 9.
     * @return the nearest double.
     */
    public double interpolation(
            final long lower, final long upper, final long part, final long whole, final int scale) {
        final long low = lower * (whole - part);
        final long sum = low + upper * part;
        final long high = Math.multiplyHigh(lower, whole - part) + Math.multiplyHigh(upper, part);
        return signedQuotient(sum, high + UnsignedMath.carry(sum, low), whole * POWERS_OF_TEN[scale]);
    }

    /**
     * Returns the variance {@code (W * M2 - M1^2) / (W * (W - ddof) * 10^(2 * scale))} of the moments {@code Mk} and
     * the sum of weights {@code W}.
     *
     * @param summary whose moments they are.
     * @param weight  unsigned, the sum of weights: {@link RunSummary#count()} in FLOW, {@link RunSummary#duration()} in
     *     STEP.
     * @param ddof    subtracted degrees of freedom: 1 for the variance of a sample, 0 for a whole population.
     * @param scale   from 0 to 9.
     * @return the nearest double, NaN if the weight is not above {@code ddof}.
     */
    public double variance(final ReadableRunSummary summary, final long weight, final int ddof, final int scale) {
        final double quotient = weight > ddof ? summary.moments.variance(weight, ddof, TENS[2 * scale]) : Double.NaN;
        return quotient == quotient ? quotient : longVariance(summary, weight, ddof, scale);
    }

    private double longVariance(final ReadableRunSummary summary, final long weight, final int ddof, final int scale) {
        if (Long.compareUnsigned(weight, ddof) <= 0 || summary.secondMomentHigh() < 0) {
            return Double.NaN;
        }
        final int sign = summary.moments.spread(weight, pairs);
        if (sign <= 0) {
            return sign == 0 ? 0.0 : Double.NaN;
        }
        final double quotient = pairs.divide(weight, weight - ddof, TENS[2 * scale]);
        return quotient == quotient ? quotient : exactVariance(summary, weight, ddof, scale);
    }

    private double exactVariance(final ReadableRunSummary summary, final long weight, final int ddof, final int scale) {
        spread(summary, weight);
        denominator.set(weight).multiply(weight - ddof).multiply(POWERS_OF_TEN[2 * scale]);
        return division.quotient(numerator, denominator);
    }

    /**
     * Returns true if all values with a weight are the same. The {@linkplain #variance variance} is then exactly 0, and
     * shapes and correlations are UNDEFINED.
     *
     * @param summary any.
     * @param weight  as for the variance.
     * @return whether {@code W * M2 = M1^2}; true also if there is no weight at all.
     */
    public boolean isConstant(final ReadableRunSummary summary, final long weight) {
        return spread(summary, weight).length() == 0;
    }

    /**
     * Returns the root of the {@linkplain #variance variance}.
     *
     * <p>Within 0.86 ulp of the exact root. Let the variance be {@code v} in [2^2k, 2^(2k+2)), so its root is in [2^k,
     * 2^(k+1)) with an ulp of 2^(k-52). Rounding {@code v} moves it by at most 2^(2k-53) in the lower half of that
     * range, by 2^(2k-52) in the upper one, and never out of the closed range. The root moves by that over the sum of
     * both roots, which is at least 2 * 2^k, or 2 * 2^(k+1/2) in the upper half: by 1/4 ulp, or 0.36 ulp. The
     * hardware's root is correctly rounded: 1/2 ulp more. The variance can neither underflow nor overflow: if it is not
     * 0 it is above 1 / (2^64 * 2^64 * 10^18) > 2^-188, and it is below 2^191.
     *
     * @param summary as for the variance.
     * @param weight  as for the variance.
     * @param ddof    as for the variance.
     * @param scale   from 0 to 9.
     * @return the root, NaN if the weight is not above {@code ddof}.
     */
    public double standardDeviation(
            final ReadableRunSummary summary, final long weight, final int ddof, final int scale) {
        return Math.sqrt(variance(summary, weight, ddof, scale));
    }

    private WideInteger spread(final ReadableRunSummary summary, final long weight) {
        return summary.moments.spread(weight, numerator, first, square);
    }

    /**
     * Returns the change relative to the first value, {@code (last - first) / |first|}; the scale cancels out.
     *
     * @param first any long.
     * @param last  any long.
     * @return the nearest double, NaN (UNDEFINED) if the first value is 0.
     */
    public double relativeChange(final long first, final long last) {
        final boolean isNegative = last < first;
        final long magnitude = isNegative ? first - last : last - first;
        return signed(isNegative, quotient(magnitude, 0, Math.abs(first)));
    }

    /**
     * Returns the logarithmic change of values that are no rates, {@code ln(last / first)}; the scale cancels out.
     *
     * <p>Within 2.5 ulp. If the ratio is from 1/2 to 2, the result is {@code log1p} of the correctly rounded relative
     * change {@code d}: the error of {@code d}, at most 2^-53 of it, grows by {@code |d / ((1 + d) ln(1 + d))|}, at
     * most 1.45 (at -1/2), so to 1.45 ulp at most. Otherwise it is {@code log} of the correctly rounded quotient: its
     * error of at most 2^-53 of it becomes one of 2^-53, at most 1 ulp as the result is 0.69 or more.
     * {@code StrictMath} adds less than 1 ulp.
     *
     * @param first the old value.
     * @param last  the new value.
     * @return the logarithm, NaN (UNDEFINED) unless both values are above 0.
     */
    public double logRatio(final long first, final long last) {
        return first > 0 && last > 0 ? logQuotient(last, first) : Double.NaN;
    }

    /**
     * Returns the logarithmic change of a rate, {@code ln((1 + last) / (1 + first))} in units of 100%. Within 2.5 ulp,
     * like {@link #logRatio}.
     *
     * @param first       the old rate, {@code first / 10^scale / unitDivisor}.
     * @param last        the new rate, likewise.
     * @param scale       from 0 to 9.
     * @param unitDivisor the rate of 1 in the unit: 1 for FRACTION, 100 for PERCENT, 10,000 for BASIS_POINT.
     * @return the logarithm, NaN (UNDEFINED) unless both rates are above -1.
     */
    public double logChange(final long first, final long last, final int scale, final int unitDivisor) {
        final long one = POWERS_OF_TEN[scale] * unitDivisor;
        return first > -one && last > -one ? logQuotient(one + last, one + first) : Double.NaN;
    }

    /**
     * Compares the {@linkplain #mean mean} with a threshold, exactly.
     *
     * @param low       the lowest word of the sum, 128 bits in two's complement.
     * @param high      the highest word of it.
     * @param divisor   unsigned, not 0.
     * @param scale     from 0 to 9.
     * @param threshold to compare with.
     * @return the sign of the mean minus the threshold.
     */
    public int compareMean(
            final long low, final long high, final long divisor, final int scale, final Threshold threshold) {
        numerator.setSigned(low, high);
        return threshold.compare(numerator, denominator.set(divisor).multiply(POWERS_OF_TEN[scale]), first, square);
    }

    /**
     * Compares a sum per day, {@code sum / (length * 10^scale)}, with a threshold, exactly.
     *
     * @param low       the lowest word of the sum, 128 bits in two's complement.
     * @param high      the highest word of it.
     * @param lengthNs  unsigned, not 0.
     * @param scale     from 0 to 9.
     * @param threshold to compare with.
     * @return the sign of the rate minus the threshold.
     */
    public int comparePerDay(
            final long low, final long high, final long lengthNs, final int scale, final Threshold threshold) {
        numerator.setSigned(low, high).multiply(DAY_NS);
        return threshold.compare(numerator, denominator.set(lengthNs).multiply(POWERS_OF_TEN[scale]), first, square);
    }

    /**
     * Compares a difference, {@code (minuend - subtrahend) / 10^scale}, with a threshold, exactly.
     *
     * @param minuend    any long.
     * @param subtrahend any long.
     * @param scale      from 0 to 9.
     * @param threshold  to compare with.
     * @return the sign of the difference minus the threshold.
     */
    public int compareDifference(
            final long minuend, final long subtrahend, final int scale, final Threshold threshold) {
        return compareMean(minuend - subtrahend, differenceHigh(minuend, subtrahend), 1, scale, threshold);
    }

    /**
     * Compares a change per day, {@code (minuend - subtrahend) / (length * 10^scale)}, with a threshold, exactly.
     *
     * @param minuend    any long.
     * @param subtrahend any long.
     * @param lengthNs   unsigned, not 0.
     * @param scale      from 0 to 9.
     * @param threshold  to compare with.
     * @return the sign of the change minus the threshold.
     */
    public int compareDifferencePerDay(
            final long minuend,
            final long subtrahend,
            final long lengthNs,
            final int scale,
            final Threshold threshold) {
        final long high = differenceHigh(minuend, subtrahend);
        return comparePerDay(minuend - subtrahend, high, lengthNs, scale, threshold);
    }

    /**
     * Compares a quotient of unsigned numbers with a threshold, exactly.
     *
     * @param dividend  unsigned.
     * @param divisor   unsigned, not 0.
     * @param threshold to compare with.
     * @return the sign of the quotient minus the threshold.
     */
    public int compareRatio(final long dividend, final long divisor, final Threshold threshold) {
        return threshold.compare(numerator.set(dividend), denominator.set(divisor), first, square);
    }

    /**
     * Compares the {@linkplain #variance variance}, or its root, with a threshold, exactly.
     *
     * @param summary   as for the variance.
     * @param weight    as for the variance, above {@code ddof}.
     * @param ddof      as for the variance.
     * @param scale     as for the variance.
     * @param isRoot    whether the standard deviation is compared.
     * @param threshold to compare with.
     * @return the sign of the variance, or of its root, minus the threshold.
     */
    public int compareVariance(
            final ReadableRunSummary summary,
            final long weight,
            final int ddof,
            final int scale,
            final boolean isRoot,
            final Threshold threshold) {
        spread(summary, weight);
        denominator.set(weight).multiply(weight - ddof).multiply(POWERS_OF_TEN[2 * scale]);
        return isRoot
                ? threshold.compareRoot(numerator.signum(), numerator, denominator, first, square)
                : threshold.compare(numerator, denominator, first, square);
    }

    static long powerOfTen(final int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /** Returns {@code ln(dividend / divisor)}, both unsigned and not 0. */
    private double logQuotient(final long dividend, final long divisor) {
        final boolean isNegative = Long.compareUnsigned(dividend, divisor) < 0;
        final long smaller = isNegative ? dividend : divisor;
        final long difference = isNegative ? divisor - dividend : dividend - divisor;
        return Long.compareUnsigned(difference, smaller) <= 0
                ? StrictMath.log1p(signed(isNegative, quotient(difference, 0, divisor)))
                : StrictMath.log(quotient(dividend, 0, divisor));
    }

    private static double signed(final boolean negative, final double magnitude) {
        return negative ? -magnitude : magnitude;
    }

    private double perDay(final long low, final long high, final long lengthNs, final int scale) {
        numerator.setSigned(low, high).multiply(DAY_NS);
        return division.signedQuotient(numerator, denominator.set(lengthNs).multiply(POWERS_OF_TEN[scale]));
    }

    /** Returns true if both are exact doubles, so that the hardware division gives the nearest double. */
    private static boolean isExact(final long low, final long high, final long divisor) {
        return high == 0 && low >= 0 && low < EXACT && divisor > 0 && divisor < EXACT;
    }

    /**
     * Returns {@code (high * 2^64 + low) / divisor}: a dividend in two's complement, an unsigned divisor.
     */
    private static double signedQuotient(final long low, final long high, final long divisor) {
        final long sign = high >> 63;
        final long magnitudeHigh = (high ^ sign) - (low == 0 ? sign : 0);
        return signed(high < 0, quotient((low ^ sign) - sign, magnitudeHigh, divisor));
    }

    /** Returns {@code (high * 2^64 + low) / divisor}, all unsigned. */
    private static double quotient(final long low, final long high, final long divisor) {
        if (isExact(low, high, divisor)) {
            return (double) low / divisor;
        }
        return LongDivision.quotient(high, low, divisor);
    }
}
