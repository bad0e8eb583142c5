package io.tollgate.core.group;

import io.tollgate.core.number.GroupSums;

/** Receives the kept sums of a group. A concurrent change may tear them; then the copy is discarded and repeated. */
@FunctionalInterface
public interface SumsTarget {
    /**
     * Copies sums.
     *
     * @param sums    of the nodes, by index in the edition; a torn array may be shorter or have null elements.
     * @param edition the members that the sums are of.
     * @param untilNs the next pending change.
     * @return false if the sums are of other members.
     */
    boolean take(GroupSums[] sums, MemberFingerprint edition, long untilNs);
}
