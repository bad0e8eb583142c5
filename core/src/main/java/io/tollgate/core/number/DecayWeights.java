package io.tollgate.core.number;

/**
 * The weight that remains of an exponential decay after a time, {@code w(t)}: {@code 2^(-t / h)} for a half-life h,
 * {@code e^(-t / tau)} for a time constant tau. Evaluated with {@code StrictMath}, so every JVM gives the same bits.
 *
 * <p>The time is split into whole lengths and a fraction f of one, which is correctly rounded: its error moves the
 * weight by f, at most 1, times as much. Let {@code u = 2^-53}, let {@code StrictMath} be within 2 u, and let the
 * weight be at least 2^-1022. Then {@code 2^-f = e^(-f ln 2)} is within 4 u, and shifting it by whole half-lives is
 * exact; {@code e^-n e^-f} is within 6 u. The loss {@code 1 - w(t)} is a difference if w is at most 1/2, and then
 * within 7 u like w. Otherwise it is {@code -expm1} of a product that is within 3 u; the result is within 5 u, because
 * the slope of the function only reduces the error. So {@code w(t) (1 - w(s))} is within 14 u for any times t and s.
 * Used by one thread.
 */
public final class DecayWeights {
    /* After this many lengths the remaining weight is below the smallest double. */
    private static final long NOTHING_LEFT = 1_100;
    private static final double LN_2 = 0.6931471805599453;

    private final boolean isHalfLife;
    private final long lengthNs;
    private final Quotients quotients;

    /**
     * Creates the weights of a decay.
     *
     * @param isHalfLife whether the length is a half-life, else it is a time constant.
     * @param lengthNs   above 0.
     * @param quotients  used to divide, by the same thread.
     */
    public DecayWeights(final boolean isHalfLife, final long lengthNs, final Quotients quotients) {
        this.isHalfLife = isHalfLife;
        this.lengthNs = lengthNs;
        this.quotients = quotients;
    }

    /**
     * Returns the weight that remains after a time.
     *
     * @param timeNs unsigned.
     * @return the weight, 0 to 1; 1 after no time, and exact after whole half-lives.
     */
    public double left(final long timeNs) {
        final long whole = Long.divideUnsigned(timeNs, lengthNs);
        if (Long.compareUnsigned(whole, NOTHING_LEFT) > 0) {
            return 0;
        }
        final double fraction = quotients.ratio(timeNs - whole * lengthNs, lengthNs);
        // StrictMath.exp for both, because StrictMath.pow allocates if the JIT does not inline it.
        return isHalfLife
                ? Math.scalb(StrictMath.exp(-LN_2 * fraction), (int) -whole)
                : StrictMath.exp(-whole) * StrictMath.exp(-fraction);
    }

    /**
     * Returns the weight that is lost in a time.
     *
     * @param timeNs unsigned.
     * @return 1 minus the remaining weight, to full precision also if that is near 1.
     */
    public double lost(final long timeNs) {
        // After up to half a length more than half remains; the exact weight is not needed then.
        final double left = Long.compareUnsigned(timeNs, lengthNs / 2) <= 0 ? 1 : left(timeNs);
        if (left <= 0.5) {
            return 1 - left;
        }
        final double lengths = quotients.ratio(timeNs, lengthNs);
        return -StrictMath.expm1(isHalfLife ? -LN_2 * lengths : -lengths);
    }

    /**
     * Returns the speed of the decay, {@code ln 2 / h} or {@code 1 / tau} per day of 24 h.
     *
     * @return the speed, within 3 u; its reciprocal is the weighted sum of an even rate of 1 per day.
     */
    public double perDay() {
        final double lengths = quotients.ratio(Quotients.DAY_NS, lengthNs);
        return isHalfLife ? LN_2 * lengths : lengths;
    }
}
