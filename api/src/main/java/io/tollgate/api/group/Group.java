package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rates that are looked at together, and how they are weighed: a basket of products, a bloc of countries, a chapter of
 * the tariff. At each instant its members are those that {@linkplain GroupMember belong to it} then, and have a weight
 * above 0; they are listed, or {@linkplain MemberPattern found by pattern}, or both. Immutable; the {@code with}
 * methods return a changed copy.
 *
 * @param members        with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
 * @param patterns       of further members, with rates and weights as those.
 * @param missing        what becomes of members whose rate is not known.
 * @param weightsFixedAt the instant whose weights count at all times (Laspeyres: a fixed base); empty for those in
 *                       force.
 */
public record Group(
        List<GroupMember> members, List<MemberPattern> patterns, MissingPolicy missing, OptionalLong weightsFixedAt) {
    /** Most members; of those by pattern, what is found when there are as many is left out. */
    public static final int MAX_MEMBERS = 1 << 20;

    /**
     * Checks the members.
     *
     * @param members        with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @param patterns       of further members, with rates and weights as those.
     * @param missing        what becomes of members whose rate is not known.
     * @param weightsFixedAt the instant whose weights count at all times; empty for those in force.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public Group {
        Objects.requireNonNull(members, "members");
        Objects.requireNonNull(patterns, "patterns");
        Objects.requireNonNull(weightsFixedAt, "weightsFixedAt");
        members = List.copyOf(members);
        patterns = List.copyOf(patterns);
        Objects.requireNonNull(missing, "missing");
        weightsFixedAt.ifPresent(Instants::requireInRange);
        if (members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("members=" + members.size() + ", expected at most " + MAX_MEMBERS);
        }
        requireAlike(Levels.of(members, patterns).toList());
        requireOnce(members);
        commonDenominator(members, patterns);
    }

    private static void requireAlike(final List<Levels> all) {
        all.forEach(levels -> all.get(0).require(levels));
    }

    /** What levels of one kind have in common, and which they were first. */
    private record Alike(String name, Unit unit, int scale) {
        private static Alike of(final StepSeries series) {
            return new Alike(
                    series.key(),
                    series.definition().unit(),
                    series.definition().scale());
        }

        private static Alike of(final LevelPattern levels) {
            return new Alike(levels.pattern(), levels.unit(), levels.scale());
        }

        private void require(final String what, final Alike other) {
            if (other.scale != scale || !other.unit.equals(unit)) {
                throw new IllegalArgumentException(what + '=' + other.name + " unit=" + other.unit + " scale="
                        + other.scale + ", expected unit=" + unit + " scale=" + scale + " as of " + name
                        + ": what is averaged is alike");
            }
        }
    }

    /** What the rates of all members have in common, and what their weights have. */
    private record Levels(Alike rate, Optional<Alike> weight) {
        private static Stream<Levels> of(final List<GroupMember> members, final List<MemberPattern> patterns) {
            return Stream.concat(
                    members.stream().map(Levels::of), patterns.stream().map(Levels::of));
        }

        private static Levels of(final GroupMember member) {
            return new Levels(Alike.of(member.rate()), member.weight().map(Alike::of));
        }

        private static Levels of(final MemberPattern pattern) {
            return new Levels(Alike.of(pattern.rate()), pattern.weight().map(Alike::of));
        }

        private void require(final Levels other) {
            rate.require("rate", other.rate);
            if (weight.isPresent() != other.weight.isPresent()) {
                throw new IllegalArgumentException("series=" + other.rate.name
                        + (other.weight.isPresent() ? " has a weight" : " has no weight") + ", expected what "
                        + rate.name + " has: either all members have a weight, or none");
            }
            weight.ifPresent(first -> first.require("weight", other.weight.orElseThrow()));
        }
    }

    private Optional<Levels> levels() {
        return Levels.of(members, patterns).findFirst();
    }

    private static void requireOnce(final List<GroupMember> members) {
        final Set<GroupMember> seen = new HashSet<>(members.size() * 2);
        for (final GroupMember member : members) {
            if (!seen.add(member)) {
                throw new IllegalArgumentException(
                        "series=" + member.rate().key() + " is a member twice, expected once: it would count double");
            }
        }
    }

    private static long commonDenominator(final List<GroupMember> members, final List<MemberPattern> patterns) {
        return Share.commonDenominator(Stream.concat(
                        members.stream().map(GroupMember::share),
                        patterns.stream()
                                .flatMap(pattern -> pattern.concordance().stream())
                                .flatMap(concordance -> concordance.shares().stream()))
                .collect(Collectors.toSet()));
    }

    /**
     * A group of members that are listed.
     *
     * @param members        with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @param missing        what becomes of members whose rate is not known.
     * @param weightsFixedAt the instant whose weights count at all times; empty for those in force.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public Group(final List<GroupMember> members, final MissingPolicy missing, final OptionalLong weightsFixedAt) {
        this(members, List.of(), missing, weightsFixedAt);
    }

    /**
     * A group that drops members whose rate is not known, with the weights in force.
     *
     * @param members with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @return the group.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public static Group of(final List<GroupMember> members) {
        Objects.requireNonNull(members, "members");
        return new Group(members, MissingPolicy.DROP_AND_RENORMALISE, OptionalLong.empty());
    }

    /**
     * A group of all that fits patterns, now or later, which drops members whose rate is not known, with the weights in
     * force.
     *
     * @param patterns with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @return the group.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public static Group fitting(final MemberPattern... patterns) {
        Objects.requireNonNull(patterns, "patterns");
        return new Group(List.of(), List.of(patterns), MissingPolicy.DROP_AND_RENORMALISE, OptionalLong.empty());
    }

    /**
     * A group that drops members whose rate is not known, with the weights in force.
     *
     * @param members with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @return the group.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public static Group of(final GroupMember... members) {
        Objects.requireNonNull(members, "members");
        return of(Arrays.asList(members));
    }

    /**
     * The same with another policy for members whose rate is not known.
     *
     * @param policy for them.
     * @return the changed group.
     */
    public Group withMissing(final MissingPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return new Group(members, patterns, policy, weightsFixedAt);
    }

    /**
     * The same with a fixed base: at all times the weights of one instant count.
     *
     * @param instantNs whose weights.
     * @return the changed group.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public Group withWeightsFixedAt(final long instantNs) {
        return new Group(members, patterns, missing, OptionalLong.of(instantNs));
    }

    /**
     * The digits of the rates behind the decimal point.
     *
     * @return 0 to 9; 0 of a group without members.
     */
    public int rateScale() {
        return levels().map(levels -> levels.rate.scale).orElse(0);
    }

    /**
     * The digits by which a rate of 1 is written larger in its unit.
     *
     * @return 2 for PERCENT, 4 for BASIS_POINT, else 0.
     */
    public int rateUnitDigits() {
        return levels().map(levels -> levels.rate.unit.shareDigits()).orElse(0);
    }

    /**
     * The digits of the weights behind the decimal point.
     *
     * @return 0 to 9; 0 where members weigh 1.
     */
    public int weightScale() {
        return levels().flatMap(Levels::weight).map(Alike::scale).orElse(0);
    }

    /**
     * The common denominator of the shares of all members: weights are summed up in so many parts of their unit.
     *
     * @return 1 where each member has the whole of its weight.
     */
    public long shareDenominator() {
        return commonDenominator(members, patterns);
    }
}
