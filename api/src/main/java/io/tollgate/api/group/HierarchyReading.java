package io.tollgate.api.group;

import java.util.List;

/**
 * The answers of one read of a {@link Hierarchy}: those of its nodes, all of one moment. Belongs to the reader that
 * made it, its thread, and one hierarchy.
 */
public interface HierarchyReading {
    /**
     * The hierarchy that it was made for.
     *
     * @return the hierarchy.
     */
    Hierarchy hierarchy();

    /**
     * The nodes that it answers: those that it was made for, or, made for all, those that had a member at the last
     * read.
     *
     * @return their names, in the order in which they were asked for; of all, {@link Hierarchy#ALL} first, the others
     *     in the order in which the first member of each was found.
     */
    List<String> nodes();

    /**
     * The answer of a node. It is filled by each read of this reading, and by nothing else; of a node that was asked
     * for and has no member yet, it is that of a group without members.
     *
     * @param node its name.
     * @return the answer; the same object for each read.
     * @throws IllegalArgumentException if it is not one of {@link #nodes()}.
     */
    GroupReading node(String node);
}
