package io.tollgate.api.group;

/**
 * A metric of a {@link Group}. In the formulas t is the rate of a member, w its weight, n the number of members, and D
 * is 1 if t is above 0 (a measure is in force), else 0. Sums are over the members whose rate is known, or over all
 * members if the policy counts unknown rates as 0.
 *
 * <p>Over a window each sum is its integral over time, so every answer is one ratio of two integrals. It is exact even
 * if members and weights change inside the window. If the denominator is constant, it is the average over time.
 */
public enum GroupMetric {
    /**
     * The simple average {@code sum t / n}, in the unit of the rates, correctly rounded. If the rates are numbers of
     * measures, this is their prevalence score, {@code sum N M / sum M}.
     */
    SIMPLE("simple"),
    /** The weighted average {@code sum w t / sum w}, in the unit of the rates, correctly rounded. */
    WEIGHTED("weighted"),
    /**
     * The trade restrictiveness index {@code sqrt(sum w t^2 / sum w)}, in the unit of the rates: the uniform rate with
     * the same effect. Its square is the square of the weighted average plus the variance of the rates. Within 1 ulp.
     */
    TRI("tri"),
    /** The coverage ratio {@code sum D w / sum w}, 0 to 1: the share of the weight that is under a measure. */
    COVERAGE("coverage"),
    /** The frequency index {@code sum D / n}, 0 to 1: the share of the members that are under a measure. */
    FREQUENCY("frequency"),
    /**
     * The Herfindahl-Hirschman index of concentration {@code sum s^2}, 0 to 1, with s the share of a member in the
     * weight; rates do not matter. Over a window, s is the share in the integral of the weight. Correctly rounded, like
     * the three metrics derived from it.
     */
    HHI("hhi"),
    /** {@link #HHI} in points, 0 to 10,000. */
    HHI_POINTS("hhi-points"),
    /** The normalised index {@code (HHI - 1/n) / (1 - 1/n)}, 0 for equal shares. UNDEFINED for one member. */
    HHI_NORMALISED("hhi-normalised"),
    /**
     * The effective number {@code 1 / HHI}: the number of members with equal shares that have the same {@link #HHI}.
     */
    EFFECTIVE_NUMBER("effective-number"),
    /**
     * The number of members whose rate is above 0, that is of measures in force; over a window its average over time.
     */
    IN_FORCE("in-force"),
    /**
     * The exposure {@code sum w t}, in the unit of the weights, correctly rounded; over a window its average over time.
     * PERCENT counts in hundredths, BASIS_POINT in ten-thousandths.
     */
    EXPOSURE("exposure"),
    /**
     * The weight of the members whose rate is known, in the unit of the weights; over a window its average over time.
     * Always has a value, 0 if there is no such member.
     */
    COVERED("covered"),
    /** The share of {@link #COVERED} in the weight of all members, 0 to 1. */
    COVERED_SHARE("covered-share");

    private final String text;

    GroupMetric(final String text) {
        this.text = text;
    }

    /** {@return true for {@link #HHI} and the metrics derived from it} */
    public boolean isConcentration() {
        return this == HHI || this == HHI_POINTS || this == HHI_NORMALISED || this == EFFECTIVE_NUMBER;
    }

    /** {@return the name used on the command line and in files, for example {@code weighted}} */
    public String text() {
        return text;
    }
}
