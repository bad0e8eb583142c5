package io.tollgate.core.image;

import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.group.Share;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A registered group or hierarchy. Its series are keys, because numbers differ from engine to engine.
 *
 * @param members        the listed members.
 * @param patterns       the members by pattern.
 * @param missing        the treatment of unknown rates.
 * @param weightsFixedAt the instant of the weights, if it is fixed.
 * @param tree           the nodes above the members; empty for a group.
 */
public record ImageGroup(
        List<Member> members,
        List<MemberPattern> patterns,
        MissingPolicy missing,
        OptionalLong weightsFixedAt,
        Optional<Tree> tree) {
    /**
     * A listed member.
     *
     * @param code       of the member.
     * @param rate       key of its rate.
     * @param weight     key of its weight.
     * @param share      of the weight.
     * @param membership key of the series that says when it is a member.
     * @param fromNs     the first instant of the membership.
     * @param untilNs    the first instant after it.
     */
    public record Member(
            String code,
            String rate,
            Optional<String> weight,
            Share share,
            Optional<String> membership,
            long fromNs,
            long untilNs) {}

    /**
     * The nodes of a hierarchy.
     *
     * @param prefixLengths of codes that are nodes.
     * @param branches      between nodes.
     */
    public record Tree(List<Integer> prefixLengths, List<Branch> branches) {}

    /**
     * Describes a group.
     *
     * @param group registered in an engine.
     * @return its description.
     */
    public static ImageGroup of(final Group group) {
        return of(group, Optional.empty());
    }

    /**
     * Describes a hierarchy.
     *
     * @param hierarchy registered in an engine.
     * @return its description.
     */
    public static ImageGroup of(final Hierarchy hierarchy) {
        return of(hierarchy.group(), Optional.of(new Tree(hierarchy.prefixLengths(), hierarchy.branches())));
    }

    private static ImageGroup of(final Group group, final Optional<Tree> tree) {
        final List<Member> members = group.members().stream()
                .map(member -> new Member(
                        member.code(),
                        member.rate().key(),
                        member.weight().map(StepSeries::key),
                        member.share(),
                        member.membership().map(StepSeries::key),
                        member.fromNs(),
                        member.untilNs()))
                .toList();
        return new ImageGroup(members, group.patterns(), group.missing(), group.weightsFixedAt(), tree);
    }

    /**
     * Finds the series of the members.
     *
     * @param series finds a series by its key.
     * @return the group.
     * @throws IllegalArgumentException if no engine can have such a group.
     */
    public Group group(final Function<String, StepSeries> series) {
        final List<GroupMember> found = members.stream()
                .map(member -> new GroupMember(
                        member.code,
                        series.apply(member.rate),
                        member.weight.map(series),
                        member.share,
                        member.membership.map(series),
                        member.fromNs,
                        member.untilNs))
                .toList();
        return new Group(found, patterns, missing, weightsFixedAt);
    }
}
