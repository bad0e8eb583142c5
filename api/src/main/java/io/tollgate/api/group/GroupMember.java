package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A member of a {@link Group}: a rate, a weight, and the time at which it belongs to the group. A rate that leaves and
 * returns is two members with an interval each, or one with a membership series. Immutable; the {@code with} methods
 * return a changed copy.
 *
 * @param code       the code of the member in hierarchies and concordances, for example a tariff line or a country.
 * @param rate       the series of the rate.
 * @param weight     the series of the weight: the member belongs to the group while this level is above 0; empty if all
 *                   members weigh 1.
 * @param share      the share of the weight that the member has; it is the whole unless a {@link Concordance} divides
 *                   it.
 * @param membership a series: the member belongs to the group while its level is above 0; empty for always.
 * @param fromNs     the first instant of membership, in ns since the epoch.
 * @param untilNs    the first instant after the membership; {@link #FOR_EVER} for none.
 */
public record GroupMember(
        String code,
        StepSeries rate,
        Optional<StepSeries> weight,
        Share share,
        Optional<StepSeries> membership,
        long fromNs,
        long untilNs) {
    /** The end of a membership without an end. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /**
     * Checks the interval and the code.
     *
     * @param code       the code of the member in hierarchies and concordances, for example a tariff line or a country.
     * @param rate       the series of the rate.
     * @param weight     the series of the weight: the member belongs to the group while this level is above 0.
     * @param share      the share of the weight that the member has.
     * @param membership a series: the member belongs to the group while its level is above 0.
     * @param fromNs     the first instant of membership, in ns since the epoch.
     * @param untilNs    the first instant after the membership.
     * @throws IllegalArgumentException if the interval or the code is empty.
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
                    + ", expected untilNs above fromNs");
        }
    }

    /**
     * Returns a member that weighs 1 and always belongs to the group. Its code is the key of the rate.
     *
     * @param rate the series of the rate.
     * @return the member.
     */
    public static GroupMember of(final StepSeries rate) {
        Objects.requireNonNull(rate, "rate");
        return new GroupMember(
                rate.key(), rate, Optional.empty(), Share.WHOLE, Optional.empty(), Instants.MIN, FOR_EVER);
    }

    /**
     * Returns a weighted member that always belongs to the group. Its code is the key of the rate.
     *
     * @param rate   the series of the rate.
     * @param weight the series of the weight.
     * @return the member.
     */
    public static GroupMember of(final StepSeries rate, final StepSeries weight) {
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(weight, "weight");
        return new GroupMember(
                rate.key(), rate, Optional.of(weight), Share.WHOLE, Optional.empty(), Instants.MIN, FOR_EVER);
    }

    /** {@return the series of the member: its rate, and its weight and membership if it has them} */
    public List<StepSeries> series() {
        return Stream.of(Optional.of(rate), weight, membership)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Returns a copy with a membership series.
     *
     * @param series the series: the member belongs to the group while its level is above 0.
     * @return the changed member.
     */
    public GroupMember withMembership(final StepSeries series) {
        Objects.requireNonNull(series, "series");
        return new GroupMember(code, rate, weight, share, Optional.of(series), fromNs, untilNs);
    }

    /**
     * Returns a copy with another interval of membership.
     *
     * @param from  the first instant, in ns since the epoch.
     * @param until the first instant after the interval; {@link #FOR_EVER} for none.
     * @return the changed member.
     * @throws IllegalArgumentException if the interval is empty.
     */
    public GroupMember withInterval(final long from, final long until) {
        return new GroupMember(code, rate, weight, share, membership, from, until);
    }

    /**
     * Returns a copy with another code.
     *
     * @param text the code in hierarchies, for example {@code 85411000} or {@code DE}.
     * @return the changed member.
     * @throws IllegalArgumentException if it is empty.
     */
    public GroupMember withCode(final String text) {
        Objects.requireNonNull(text, "text");
        return new GroupMember(text, rate, weight, share, membership, fromNs, untilNs);
    }

    /**
     * Returns a copy with another share of the weight.
     *
     * @param part the share of the weight, or of 1 if members have no weight.
     * @return the changed member.
     */
    public GroupMember withShare(final Share part) {
        Objects.requireNonNull(part, "part");
        return new GroupMember(code, rate, weight, part, membership, fromNs, untilNs);
    }
}
