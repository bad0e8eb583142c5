package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import java.util.Objects;

/**
 * A dated edge of a {@link Hierarchy}: a country belongs to a bloc, a chapter to a section, a bloc to a larger bloc.
 * Immutable.
 *
 * @param child   a code of members, or a node.
 * @param parent  the node that it belongs to.
 * @param fromNs  the first instant of the interval, in ns since the epoch.
 * @param untilNs the first instant after the interval; {@link GroupMember#FOR_EVER} for none.
 */
public record Branch(String child, String parent, long fromNs, long untilNs) {
    /**
     * Checks the branch.
     *
     * @param child   a code of members, or a node.
     * @param parent  the node that it belongs to.
     * @param fromNs  the first instant of the interval, in ns since the epoch.
     * @param untilNs the first instant after the interval.
     * @throws IllegalArgumentException if a name or the interval is empty.
     */
    public Branch {
        Objects.requireNonNull(child, "child");
        Objects.requireNonNull(parent, "parent");
        if (child.isEmpty() || parent.isEmpty()) {
            throw new IllegalArgumentException("child=" + child + " parent=" + parent
                    + ", expected two names; members need no branch to the node of all members");
        }
        if (fromNs >= untilNs) {
            throw new IllegalArgumentException("child=" + child + " parent=" + parent + " fromNs=" + fromNs
                    + " untilNs=" + untilNs + ", expected untilNs above fromNs");
        }
    }

    /**
     * Returns a branch without an end or a beginning.
     *
     * @param child  a code of members, or a node.
     * @param parent the node that it belongs to.
     * @return the branch.
     * @throws IllegalArgumentException if a name is empty.
     */
    public static Branch of(final String child, final String parent) {
        return new Branch(child, parent, Instants.MIN, GroupMember.FOR_EVER);
    }

    /**
     * Returns a copy with another interval.
     *
     * @param from  the first instant, in ns since the epoch.
     * @param until the first instant after the interval; {@link GroupMember#FOR_EVER} for none.
     * @return the changed branch.
     * @throws IllegalArgumentException if the interval is empty.
     */
    public Branch withInterval(final long from, final long until) {
        return new Branch(child, parent, from, until);
    }
}
