package io.tollgate.api.group;

/**
 * What can be asked of a {@link Group}. The sums are over its members, of those whose rate t is known unless the policy
 * counts the others as 0; w is the weight of a member, and D is 1 where its rate is above 0: a measure is in force.
 *
 * <p>Over a window each sum is its integral over time, so that every answer is one ratio of two integrals, exact where
 * members and weights change inside the window too; it is the average over time where the denominator does not change.
 */
public enum GroupMetric {
    /**
     * The simple average {@code sum t / n}, in the unit of the rates. Of rates that count measures it is their
     * prevalence, {@code sum N M / sum M}. Correctly rounded.
     */
    SIMPLE("simple"),
    /** The weighted average {@code sum w t / sum w}, in the unit of the rates. Correctly rounded. */
    WEIGHTED("weighted"),
    /**
     * The index of trade restrictiveness {@code sqrt(sum w t^2 / sum w)}, in the unit of the rates: the uniform rate
     * that weighs as heavily. Its square is that of the weighted average plus the variance. Within 1 ulp.
     */
    TRI("tri"),
    /** The coverage ratio {@code sum D w / sum w}, 0 to 1: the share of the weight under a measure. */
    COVERAGE("coverage"),
    /** The frequency index {@code sum D / n}, 0 to 1: the share of the members under a measure. */
    FREQUENCY("frequency"),
    /**
     * The concentration of Herfindahl and Hirschman {@code sum s^2}, 0 to 1, where s is the share of a member in the
     * weight; rates do not matter. Over a window, of the shares in the weight over the window. Correctly rounded, as
     * are the three that follow from it.
     */
    HHI("hhi"),
    /** {@link #HHI} in points, 0 to 10,000. */
    HHI_POINTS("hhi-points"),
    /** {@link #HHI} normalised, {@code (HHI - 1/n) / (1 - 1/n)}: 0 for equal shares. UNDEFINED of one member. */
    HHI_NORMALISED("hhi-normalised"),
    /** {@code 1 / HHI}: so many members with equal shares would be as concentrated. */
    EFFECTIVE_NUMBER("effective-number"),
    /** The number of members whose rate is above 0: measures in force; over a window its average over time. */
    IN_FORCE("in-force"),
    /**
     * The exposure {@code sum w t}, in the unit of the weights: a rate in PERCENT counts as a hundredth, one in
     * BASIS_POINT as a ten thousandth; over a window its average over time. Correctly rounded.
     */
    EXPOSURE("exposure"),
    /**
     * The weight of the members whose rate is known, in the unit of the weights; over a window its average over time.
     * Always has a value, 0 where there is no such member.
     */
    COVERED("covered"),
    /** The share of {@link #COVERED} in the weight of all members, 0 to 1. */
    COVERED_SHARE("covered-share");

    private final String text;

    GroupMetric(final String text) {
        this.text = text;
    }

    /**
     * Tells if the metric depends on the squares of the shares in the weight.
     *
     * @return true for HHI and its relatives.
     */
    public boolean isConcentration() {
        return this == HHI || this == HHI_POINTS || this == HHI_NORMALISED || this == EFFECTIVE_NUMBER;
    }

    /**
     * The name used on the command line and in files.
     *
     * @return for example {@code weighted}.
     */
    public String text() {
        return text;
    }
}
