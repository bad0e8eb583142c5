package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesPattern;
import java.util.Objects;
import java.util.Optional;

/**
 * Members of a {@link Group} by key pattern. Each series that matches is the rate of one member. Its
 * {@linkplain LevelPattern#code code} leads to its weight and its membership ({@link LevelPattern#key}). Immutable; the
 * {@code with} methods return a changed copy.
 *
 * <pre>{@code
 * Group china = Group.fitting(MemberPattern.of(
 *         new LevelPattern("tariff.US.CN.*", Unit.PERCENT, 2),
 *         new LevelPattern("imports.US.CN.*", new Unit("USD"), 0)));
 * }</pre>
 *
 * <p><b>Members.</b> A code is a member as soon as all of its series are defined: the rate, the weight if there is a
 * pattern for it, and the membership if there is one. It is then a member at all instants of the interval, also in the
 * past. So an answer depends on the points only, and not on when the series were defined. An existing reading includes
 * a new member at its next read. In a group without weights, a member without a point counts as one whose rate is
 * unknown. In a group with weights, a member counts only after its weight has a point.
 *
 * <p>A rate that matches several patterns of a group belongs to the first of them, even if its other series do not
 * exist. A rate of a listed member belongs to no pattern.
 *
 * <p><b>Codes left out.</b> A code is left out if one of its series is a FLOW, or has another unit or scale, or if the
 * group is full ({@link Group#MAX_MEMBERS}). {@link GroupReading#leftOutCount()} counts these codes, and answers are
 * PARTIAL. A wrong series whose code has no rate, or no weight, has no effect.
 *
 * @param rate        the pattern of the rates.
 * @param weight      the pattern of the weights, with as many {@code *} as that of the rates; empty if all members
 *                    weigh 1.
 * @param membership  a pattern of levels, with as many {@code *}: a member belongs to the group while the level with
 *                    its code is above 0; empty for always.
 * @param fromNs      the first instant of membership, in ns since the epoch.
 * @param untilNs     the first instant after the membership; {@link GroupMember#FOR_EVER} for none.
 * @param concordance the recodings of the codes; empty if codes do not change.
 */
public record MemberPattern(
        LevelPattern rate,
        Optional<LevelPattern> weight,
        Optional<String> membership,
        long fromNs,
        long untilNs,
        Optional<Concordance> concordance) {
    /**
     * Checks the patterns.
     *
     * @param rate        the pattern of the rates.
     * @param weight      the pattern of the weights, with as many {@code *} as that of the rates.
     * @param membership  a pattern of levels, with as many {@code *}: a member belongs to the group while the level
     *                    with its code is above 0.
     * @param fromNs      the first instant of membership, in ns since the epoch.
     * @param untilNs     the first instant after the membership.
     * @param concordance the recodings of the codes.
     * @throws IllegalArgumentException if the interval is empty, the patterns differ in their number of {@code *}, or a
     *         concordance is combined with a membership, an interval or no weights.
     */
    public MemberPattern {
        Objects.requireNonNull(concordance, "concordance");
        Objects.requireNonNull(membership, "membership");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(rate, "rate");
        weight.ifPresent(levels -> requireAlike(rate, "weight", levels.pattern()));
        membership.ifPresent(pattern -> requireAlike(rate, "membership", SeriesPattern.validate(pattern)));
        if (fromNs >= untilNs) {
            throw new IllegalArgumentException("pattern=" + rate.pattern() + " fromNs=" + fromNs + " untilNs=" + untilNs
                    + ", expected untilNs above fromNs");
        }
        final boolean isDated = membership.isPresent() || fromNs != Instants.MIN || untilNs != GroupMember.FOR_EVER;
        if (concordance.isPresent() && (weight.isEmpty() || isDated)) {
            throw new IllegalArgumentException("pattern=" + rate.pattern() + " has a concordance, which needs weights"
                    + " and cannot be combined with memberships or an interval");
        }
    }

    private static void requireAlike(final LevelPattern rate, final String name, final String pattern) {
        if (LevelPattern.starCount(pattern) != LevelPattern.starCount(rate.pattern())) {
            throw new IllegalArgumentException(name + '=' + pattern + ", expected as many '*' as " + rate.pattern()
                    + " has: they stand for the same segments");
        }
    }

    /**
     * Returns a pattern of members that weigh 1 and always belong to the group.
     *
     * @param rate the pattern of the rates.
     * @return the pattern.
     */
    public static MemberPattern of(final LevelPattern rate) {
        return always(rate, Optional.empty());
    }

    /**
     * Returns a pattern of weighted members that always belong to the group.
     *
     * @param rate   the pattern of the rates.
     * @param weight the pattern of the weights.
     * @return the pattern.
     * @throws IllegalArgumentException if the patterns differ in their number of {@code *}.
     */
    public static MemberPattern of(final LevelPattern rate, final LevelPattern weight) {
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(weight, "weight");
        return always(rate, Optional.of(weight));
    }

    private static MemberPattern always(final LevelPattern rate, final Optional<LevelPattern> weight) {
        return new MemberPattern(rate, weight, Optional.empty(), Instants.MIN, GroupMember.FOR_EVER, Optional.empty());
    }

    /**
     * Returns a copy with recodings of the codes. The members are those of {@link Concordance#members} for the codes
     * that hold before the first recoding and have a rate and a weight. A series that is defined later changes the
     * members at all instants.
     *
     * <p>A code that {@linkplain Concordance#laterCodes() holds only from a recoding on} is a member because of the
     * codes that it follows. It counts as left out if one of its series is not a STEP of the unit and scale. It also
     * counts as left out if its weight cannot be divided among the rates of several old codes; then the weights of the
     * old codes are used.
     *
     * @param recodings the recodings.
     * @return the changed pattern.
     * @throws IllegalArgumentException if there are no weights, or there is a membership or an interval.
     */
    public MemberPattern withConcordance(final Concordance recodings) {
        Objects.requireNonNull(recodings, "recodings");
        return new MemberPattern(rate, weight, membership, fromNs, untilNs, Optional.of(recodings));
    }

    /**
     * Returns a copy with a pattern of membership series.
     *
     * @param pattern the pattern of these series.
     * @return the changed pattern.
     * @throws IllegalArgumentException if the patterns differ in their number of {@code *}.
     */
    public MemberPattern withMembership(final String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return new MemberPattern(rate, weight, Optional.of(pattern), fromNs, untilNs, concordance);
    }

    /**
     * Returns a copy with another interval of membership.
     *
     * @param from  the first instant, in ns since the epoch.
     * @param until the first instant after the interval; {@link GroupMember#FOR_EVER} for none.
     * @return the changed pattern.
     * @throws IllegalArgumentException if the interval is empty.
     */
    public MemberPattern withInterval(final long from, final long until) {
        return new MemberPattern(rate, weight, membership, from, until, concordance);
    }
}
