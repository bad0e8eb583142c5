package io.tollgate.core.group;

import io.tollgate.core.number.GroupSums;

/** Takes over what is kept of a group, while that may be changing: then it means nothing and is taken again. */
@FunctionalInterface
public interface SumsTarget {
    /**
     * Copies sums.
     *
     * @param sums    of the nodes, by index in the edition; not more than that may be trusted to be there.
     * @param edition of the roster that they are of.
     * @param untilNs the next change that is pending.
     * @return false if they are of another roster.
     */
    boolean take(GroupSums[] sums, MemberFingerprint edition, long untilNs);
}
