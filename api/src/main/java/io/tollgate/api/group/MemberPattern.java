package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesPattern;
import java.util.Objects;
import java.util.Optional;

/**
 * Members of a {@link Group} by key pattern: each series that fits is the rate of one member, and what the {@code *}
 * stand for in its key, its code, leads to its weight and its membership ({@link LevelPattern#key}). Immutable; the
 * {@code with} methods return a changed copy.
 *
 * <p><b>Which series.</b> A code is a member as soon as all of its series are defined: the rate, the weight if there is
 * a pattern for it, the membership if there is one. It is then a member at every instant of the interval, of the past
 * too, as if its series had been defined before all others: what an answer is does not depend on when series were
 * defined, only on their points. A reading that was made before takes such a member in with its next read, a registered
 * group with the definition itself. So an average without weights counts a member without a point as one whose rate is
 * missing; one with weights does not know it until its weight has a point.
 *
 * <p>A key that fits the rates of several patterns of a group belongs to the first of these, whether that finds its
 * other series or not; one of a member listed in the group belongs to none. A code that would be a member, but of which
 * a series is a FLOW, or has another unit or scale, is left out, and so is one that is found when the group has {@link
 * Group#MAX_MEMBERS}; answers say how many there are ({@link GroupReading#leftOutCount()}) and are PARTIAL. Such a
 * series to which no rate belongs, or no weight, changes nothing.
 *
 * @param rate       whose levels count.
 * @param weight     what they weigh, with as many {@code *} as the rate; empty where all weigh 1.
 * @param membership a pattern of levels, with as many {@code *}: a member belongs to the group only while that of its
 *                   code is above 0; empty for always.
 * @param fromNs     the first instant at which they belong to the group.
 * @param untilNs    the first instant behind that at which they do not any more.
 * @param concordance how their codes follow one another; empty where each stays what it is.
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
     * @param rate       whose levels count.
     * @param weight     what they weigh; empty where all weigh 1.
     * @param membership a pattern of levels; empty for always.
     * @param fromNs     the first instant at which they belong to the group.
     * @param untilNs    the first instant behind that at which they do not any more.
     * @param concordance how their codes follow one another.
     * @throws IllegalArgumentException if the interval is empty, the patterns differ in their number of {@code *}, or
     *                                  there is a concordance without weights, or with memberships or an interval.
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
                    + ", expected an end behind the start");
        }
        final boolean isDated = membership.isPresent() || fromNs != Instants.MIN || untilNs != GroupMember.FOR_EVER;
        if (concordance.isPresent() && (weight.isEmpty() || isDated)) {
            throw new IllegalArgumentException("pattern=" + rate.pattern() + " has a concordance, expected weights,"
                    + " which it divides, and neither memberships nor an interval: its members are dated by it");
        }
    }

    private static void requireAlike(final LevelPattern rate, final String name, final String pattern) {
        if (LevelPattern.starCount(pattern) != LevelPattern.starCount(rate.pattern())) {
            throw new IllegalArgumentException(name + '=' + pattern + ", expected as many '*' as " + rate.pattern()
                    + " has: they stand for the same segments");
        }
    }

    /**
     * Members that weigh 1, always.
     *
     * @param rate whose levels count.
     * @return the pattern.
     */
    public static MemberPattern of(final LevelPattern rate) {
        return always(rate, Optional.empty());
    }

    /**
     * Members with weights, always.
     *
     * @param rate   whose levels count.
     * @param weight what they weigh.
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
     * The same with codes that follow one another. The codes found that hold before the first recoding, and have a rate
     * and a weight, are members as {@link Concordance#members} says, with all that follows them; a series that is
     * defined later changes who answers for its code, at all instants. Codes {@linkplain Concordance#laterCodes() that
     * only come to hold} are members by what they follow: there one series that is no such level is enough for it to be
     * left out, and so is a weight that cannot be divided among the rates of several old codes, whose own weights then
     * stand for it.
     *
     * @param recodings of the codes.
     * @return the changed pattern.
     * @throws IllegalArgumentException if there are no weights, or memberships or an interval.
     */
    public MemberPattern withConcordance(final Concordance recodings) {
        Objects.requireNonNull(recodings, "recodings");
        return new MemberPattern(rate, weight, membership, fromNs, untilNs, Optional.of(recodings));
    }

    /**
     * The same with levels that say when a member belongs to the group.
     *
     * @param pattern of these levels.
     * @return the changed pattern.
     * @throws IllegalArgumentException if the patterns differ in their number of {@code *}.
     */
    public MemberPattern withMembership(final String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return new MemberPattern(rate, weight, Optional.of(pattern), fromNs, untilNs, concordance);
    }

    /**
     * The same with an interval outside of which the members do not belong to the group.
     *
     * @param from  the first instant, in ns since the epoch.
     * @param until the first instant behind it; {@link GroupMember#FOR_EVER} for none.
     * @return the changed pattern.
     * @throws IllegalArgumentException if the interval is empty.
     */
    public MemberPattern withInterval(final long from, final long until) {
        return new MemberPattern(rate, weight, membership, from, until, concordance);
    }
}
