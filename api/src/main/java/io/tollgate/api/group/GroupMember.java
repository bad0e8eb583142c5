package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One member of a {@link Group}: a rate, what it weighs, and when it belongs to the group. Immutable; the {@code with}
 * methods return a changed copy. A rate that leaves and comes back is two members, with an interval each, or one with a
 * membership series.
 *
 * @param code       what the member is, in hierarchies and concordances: a tariff line, a country.
 * @param rate       whose level counts.
 * @param weight     what it weighs: the member belongs to the group while this level is above 0; empty where all
 *                   members weigh 1.
 * @param share      of the weight that the member has; the whole, but where a {@link Concordance} divides it.
 * @param membership the member belongs to the group only while this level is above 0; empty for always.
 * @param fromNs     the first instant at which it belongs to the group.
 * @param untilNs    the first instant behind that at which it does not any more.
 */
public record GroupMember(
        String code,
        StepSeries rate,
        Optional<StepSeries> weight,
        Share share,
        Optional<StepSeries> membership,
        long fromNs,
        long untilNs) {
    /** The end of a member that stays. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /**
     * Checks the interval.
     *
     * @param code       what the member is.
     * @param rate       whose level counts.
     * @param weight     what it weighs; empty where all members weigh 1.
     * @param share      of the weight that the member has.
     * @param membership the member belongs to the group only while this level is above 0; empty for always.
     * @param fromNs     the first instant at which it belongs to the group.
     * @param untilNs    the first instant behind that at which it does not any more.
     * @throws IllegalArgumentException if the interval is empty, or the code.
     */
    public GroupMember {
        Objects.requireNonNull(code, "code");
        if (code.isEmpty()) {
            throw new IllegalArgumentException("series=" + rate.key() + " code=, expected one character at least");
        }
        Objects.requireNonNull(share, "share");
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(membership, "membership");
        if (fromNs >= untilNs) {
            throw new IllegalArgumentException("series=" + rate.key() + " fromNs=" + fromNs + " untilNs=" + untilNs
                    + ", expected an end behind the start");
        }
    }

    /**
     * A member that weighs 1, always; its code is the key of the rate.
     *
     * @param rate whose level counts.
     * @return the member.
     */
    public static GroupMember of(final StepSeries rate) {
        Objects.requireNonNull(rate, "rate");
        return new GroupMember(
                rate.key(), rate, Optional.empty(), Share.WHOLE, Optional.empty(), Instants.MIN, FOR_EVER);
    }

    /**
     * A member with a weight, always; its code is the key of the rate.
     *
     * @param rate   whose level counts.
     * @param weight what it weighs.
     * @return the member.
     */
    public static GroupMember of(final StepSeries rate, final StepSeries weight) {
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(weight, "weight");
        return new GroupMember(
                rate.key(), rate, Optional.of(weight), Share.WHOLE, Optional.empty(), Instants.MIN, FOR_EVER);
    }

    /**
     * The series that it rests on.
     *
     * @return its rate, and where it has them its weight and membership.
     */
    public List<StepSeries> series() {
        return Stream.of(Optional.of(rate), weight, membership)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The same with a series that says when it belongs to the group.
     *
     * @param series while its level is above 0.
     * @return the changed member.
     */
    public GroupMember withMembership(final StepSeries series) {
        Objects.requireNonNull(series, "series");
        return new GroupMember(code, rate, weight, share, Optional.of(series), fromNs, untilNs);
    }

    /**
     * The same with an interval outside of which it does not belong to the group.
     *
     * @param from  the first instant, in ns since the epoch.
     * @param until the first instant behind it; {@link #FOR_EVER} for none.
     * @return the changed member.
     * @throws IllegalArgumentException if the interval is empty.
     */
    public GroupMember withInterval(final long from, final long until) {
        return new GroupMember(code, rate, weight, share, membership, from, until);
    }

    /**
     * The same with a code.
     *
     * @param text the code, as it stands in hierarchies: {@code 85411000}, {@code DE}.
     * @return the changed member.
     * @throws IllegalArgumentException if it is empty.
     */
    public GroupMember withCode(final String text) {
        Objects.requireNonNull(text, "text");
        return new GroupMember(text, rate, weight, share, membership, fromNs, untilNs);
    }

    /**
     * The same with a share of the weight.
     *
     * @param part of the weight, or of 1 where members have no weight.
     * @return the changed member.
     */
    public GroupMember withShare(final Share part) {
        Objects.requireNonNull(part, "part");
        return new GroupMember(code, rate, weight, part, membership, fromNs, untilNs);
    }
}
