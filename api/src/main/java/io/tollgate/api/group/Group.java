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
 * A weighted set of rates that are read together: a basket of products, a bloc of countries, a chapter of the tariff.
 * At each instant its members are those that {@linkplain GroupMember belong to it} and have a weight above 0. Members
 * are listed, or {@linkplain MemberPattern found by pattern}, or both. Immutable; the {@code with} methods return a
 * changed copy.
 *
 * <pre>{@code
 * Group basket = Group.of(GroupMember.of(steelRate, steelImports), GroupMember.of(chipRate, chipImports))
 *         .withMissing(MissingPolicy.AS_ZERO);
 * double average = reader.group(basket).read(engine.now()).value(GroupMetric.WEIGHTED);
 * }</pre>
 *
 * @param members        the listed members; all rates have one unit and scale; all weights too, or no member has a
 *                       weight.
 * @param patterns       the patterns of further members, under the same rule.
 * @param missing        the policy for members whose rate is unknown.
 * @param weightsFixedAt the instant whose weights count at all times (Laspeyres: a fixed base); empty for the weights
 *                       in force.
 */
public record Group(
        List<GroupMember> members, List<MemberPattern> patterns, MissingPolicy missing, OptionalLong weightsFixedAt) {
    /**
     * The maximum number of members. Members by pattern that exceed it are left out, see
     * {@link GroupReading#leftOutCount()}.
     */
    public static final int MAX_MEMBERS = 1 << 20;

    /**
     * Checks the members.
     *
     * @param members        the listed members.
     * @param patterns       the patterns of further members, under the same rule.
     * @param missing        the policy for members whose rate is unknown.
     * @param weightsFixedAt the instant whose weights count at all times (Laspeyres: a fixed base).
     * @throws IllegalArgumentException if they do not suit each other; the message says why.
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

    /** The unit and scale of rates or of weights, and the first series or pattern that has them. */
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
                        + other.scale + ", expected unit=" + unit + " scale=" + scale + " as in " + name
                        + ": all " + what + "s of a group have one unit and scale");
            }
        }
    }

    /** The units and scales of the rates and of the weights. */
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
                        + (other.weight.isPresent() ? " has a weight" : " has no weight") + " unlike series="
                        + rate.name + "; give a weight to all members or to none");
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
     * Creates a group of listed members.
     *
     * @param members        the members.
     * @param missing        the policy for members whose rate is unknown.
     * @param weightsFixedAt the instant whose weights count at all times; empty for the weights in force.
     * @throws IllegalArgumentException if the members do not suit each other; the message says why.
     */
    public Group(final List<GroupMember> members, final MissingPolicy missing, final OptionalLong weightsFixedAt) {
        this(members, List.of(), missing, weightsFixedAt);
    }

    /**
     * Returns a group of listed members, with the weights in force. Members whose rate is unknown are dropped.
     *
     * @param members the members.
     * @return the group.
     * @throws IllegalArgumentException if the members do not suit each other; the message says why.
     */
    public static Group of(final List<GroupMember> members) {
        Objects.requireNonNull(members, "members");
        return new Group(members, MissingPolicy.DROP_AND_RENORMALISE, OptionalLong.empty());
    }

    /**
     * Returns a group of all series that match patterns, now or later, with the weights in force. Members whose rate is
     * unknown are dropped.
     *
     * @param patterns the patterns.
     * @return the group.
     * @throws IllegalArgumentException if the patterns do not suit each other; the message says why.
     */
    public static Group fitting(final MemberPattern... patterns) {
        Objects.requireNonNull(patterns, "patterns");
        return new Group(List.of(), List.of(patterns), MissingPolicy.DROP_AND_RENORMALISE, OptionalLong.empty());
    }

    /**
     * Returns a group of listed members, with the weights in force. Members whose rate is unknown are dropped.
     *
     * @param members the members.
     * @return the group.
     * @throws IllegalArgumentException if the members do not suit each other; the message says why.
     */
    public static Group of(final GroupMember... members) {
        Objects.requireNonNull(members, "members");
        return of(Arrays.asList(members));
    }

    /**
     * Returns a copy with another policy for members whose rate is unknown.
     *
     * @param policy the policy.
     * @return the changed group.
     */
    public Group withMissing(final MissingPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return new Group(members, patterns, policy, weightsFixedAt);
    }

    /**
     * Returns a copy with a fixed base: the weights of one instant count at all times.
     *
     * @param instantNs the instant of the weights, in ns since the epoch.
     * @return the changed group.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public Group withWeightsFixedAt(final long instantNs) {
        return new Group(members, patterns, missing, OptionalLong.of(instantNs));
    }

    /** {@return the number of decimals of the rates, 0 to 9; 0 for a group without members} */
    public int rateScale() {
        return levels().map(levels -> levels.rate.scale).orElse(0);
    }

    /**
     * The decimal exponent of the unit of the rates: a rate of 1 is 100 PERCENT or 10,000 BASIS_POINT.
     *
     * @return 2 for PERCENT, 4 for BASIS_POINT, else 0.
     */
    public int rateUnitDigits() {
        return levels().map(levels -> levels.rate.unit.shareDigits()).orElse(0);
    }

    /** {@return the number of decimals of the weights, 0 to 9; 0 if members weigh 1} */
    public int weightScale() {
        return levels().flatMap(Levels::weight).map(Alike::scale).orElse(0);
    }

    /**
     * The common denominator of the shares of all members. Weights are summed in units of one over it.
     *
     * @return 1 if each member has the whole of its weight.
     */
    public long shareDenominator() {
        return commonDenominator(members, patterns);
    }
}
