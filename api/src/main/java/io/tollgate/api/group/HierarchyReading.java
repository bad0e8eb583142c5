package io.tollgate.api.group;

import java.util.List;

/**
 * Reads a {@link Hierarchy}, at an instant or over a window, and has the answers of its nodes, all of one moment.
 * Belongs to the reader that made it and its thread.
 */
public interface HierarchyReading {
    /**
     * Reads the nodes as seen from an instant.
     *
     * @param atNs the instant t; what lies after it has no effect. A window is seen from it.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    HierarchyReading read(long atNs);

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
     * The answer of a node. It is filled by each read of this reading. A node that was asked for and has no member yet
     * has the answer of a group without members.
     *
     * @param node its name.
     * @return the answer; the same object for each read.
     * @throws IllegalArgumentException if it is not one of {@link #nodes()}.
     */
    GroupReading node(String node);
}
