package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import java.util.Objects;

/**
 * What belongs to what in a {@link Hierarchy}, and when: a country to a bloc, a chapter to a section, a bloc to a
 * larger one. Immutable.
 *
 * @param child   a code of members, or a node.
 * @param parent  the node that it belongs to.
 * @param fromNs  the first instant at which it does.
 * @param untilNs the first instant behind that at which it does not any more.
 */
public record Branch(String child, String parent, long fromNs, long untilNs) {
    /**
     * Checks the branch.
     *
     * @param child   a code of members, or a node.
     * @param parent  the node that it belongs to.
     * @param fromNs  the first instant at which it does.
     * @param untilNs the first instant behind that at which it does not any more.
     * @throws IllegalArgumentException if a name or the interval is empty.
     */
    public Branch {
        Objects.requireNonNull(child, "child");
        Objects.requireNonNull(parent, "parent");
        if (child.isEmpty() || parent.isEmpty()) {
            throw new IllegalArgumentException("child=" + child + " parent=" + parent
                    + ", expected two names; all members belong to the node of all as it is");
        }
        if (fromNs >= untilNs) {
            throw new IllegalArgumentException("child=" + child + " parent=" + parent + " fromNs=" + fromNs
                    + " untilNs=" + untilNs + ", expected an end behind the start");
        }
    }

    /**
     * A branch that always is.
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
     * The same with an interval outside of which it is not.
     *
     * @param from  the first instant, in ns since the epoch.
     * @param until the first instant behind it; {@link GroupMember#FOR_EVER} for none.
     * @return the changed branch.
     * @throws IllegalArgumentException if the interval is empty.
     */
    public Branch withInterval(final long from, final long until) {
        return new Branch(child, parent, from, until);
    }
}
