package io.tollgate.api;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Rates that are looked at together, and how they are weighed: a basket of products, a bloc of countries, a chapter of
 * the tariff. At each instant its members are those that {@linkplain GroupMember belong to it} then, and have a weight
 * above 0. Immutable; the {@code with} methods return a changed copy.
 *
 * @param members        with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
 * @param missing        what becomes of members whose rate is not known.
 * @param weightsFixedAt the instant whose weights count at all times (Laspeyres: a fixed base); empty for those in
 *                       force.
 */
public record Group(List<GroupMember> members, MissingPolicy missing, OptionalLong weightsFixedAt) {
    /** Most members. */
    public static final int MAX_MEMBERS = 1 << 20;

    /**
     * Checks the members.
     *
     * @param members        with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @param missing        what becomes of members whose rate is not known.
     * @param weightsFixedAt the instant whose weights count at all times; empty for those in force.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public Group {
        members = List.copyOf(members);
        Objects.requireNonNull(missing, "missing");
        weightsFixedAt.ifPresent(Instants::requireInRange);
        if (members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("members=" + members.size() + ", expected at most " + MAX_MEMBERS);
        }
        requireAlike(members);
    }

    private static void requireAlike(final List<GroupMember> members) {
        final Set<GroupMember> seen = new HashSet<>(members.size() * 2);
        for (final GroupMember member : members) {
            final GroupMember first = members.get(0);
            requireAlike("rate", first.rate(), member.rate());
            if (first.weight().isPresent() != member.weight().isPresent()) {
                throw new IllegalArgumentException("series=" + member.rate().key()
                        + (member.weight().isPresent() ? " has a weight" : " has no weight") + ", expected what "
                        + first.rate().key() + " has: either all members have a weight, or none");
            }
            if (member.weight().isPresent()) {
                requireAlike("weight", first.weight().get(), member.weight().get());
            }
            if (!seen.add(member)) {
                throw new IllegalArgumentException(
                        "series=" + member.rate().key() + " is a member twice, expected once: it would count double");
            }
        }
    }

    private static void requireAlike(final String name, final StepSeries first, final StepSeries other) {
        final SeriesDefinition expected = first.definition();
        final SeriesDefinition found = other.definition();
        if (found.scale() != expected.scale() || !found.unit().equals(expected.unit())) {
            throw new IllegalArgumentException(name + "=" + other.key() + " unit=" + found.unit() + " scale="
                    + found.scale() + ", expected unit=" + expected.unit() + " scale=" + expected.scale()
                    + " as of " + first.key() + ": what is averaged is alike");
        }
    }

    /**
     * A group that drops members whose rate is not known, with the weights in force.
     *
     * @param members with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @return the group.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public static Group of(final List<GroupMember> members) {
        return new Group(members, MissingPolicy.DROP_AND_RENORMALISE, OptionalLong.empty());
    }

    /**
     * A group that drops members whose rate is not known, with the weights in force.
     *
     * @param members with rates of one unit and scale, and weights of one unit and scale, or none with a weight.
     * @return the group.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public static Group of(final GroupMember... members) {
        return of(Arrays.asList(members));
    }

    /**
     * The same with another policy for members whose rate is not known.
     *
     * @param policy for them.
     * @return the changed group.
     */
    public Group withMissing(final MissingPolicy policy) {
        return new Group(members, policy, weightsFixedAt);
    }

    /**
     * The same with a fixed base: at all times the weights of one instant count.
     *
     * @param instantNs whose weights.
     * @return the changed group.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public Group withWeightsFixedAt(final long instantNs) {
        return new Group(members, missing, OptionalLong.of(instantNs));
    }

    /**
     * The digits of the rates behind the decimal point.
     *
     * @return 0 to 9; 0 of a group without members.
     */
    public int rateScale() {
        return members.isEmpty() ? 0 : members.get(0).rate().definition().scale();
    }

    /**
     * The digits by which a rate of 1 is written larger in its unit.
     *
     * @return 2 for PERCENT, 4 for BASIS_POINT, else 0.
     */
    public int rateUnitDigits() {
        return members.isEmpty() ? 0 : members.get(0).rate().definition().unit().shareDigits();
    }

    /**
     * The digits of the weights behind the decimal point.
     *
     * @return 0 to 9; 0 where members weigh 1.
     */
    public int weightScale() {
        return members.isEmpty()
                ? 0
                : members.get(0)
                        .weight()
                        .map(weight -> weight.definition().scale())
                        .orElse(0);
    }
}
