package io.tollgate.api.group;

import java.util.List;

/**
 * A cursor over the nodes of a {@link Hierarchy}, at an instant or over a window. A read answers for all nodes as of
 * one moment. Belongs to its reader and the thread of that reader.
 */
public interface HierarchyReading {
    /**
     * Reads the nodes as seen from an instant.
     *
     * @param atNs the instant t in ns since the epoch, which is the end of a window; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    HierarchyReading read(long atNs);

    /** {@return the hierarchy of this reading} */
    Hierarchy hierarchy();

    /**
     * The nodes of this reading: the requested ones, or, if none was named, all nodes that had a member at the last
     * read.
     *
     * @return their names in the order of the request; else {@link Hierarchy#ALL} first, and the others in the order in
     *     which the first member of each was found.
     */
    List<String> nodes();

    /**
     * Returns the answer of a node, which each read of this reading fills. A requested node without a member has the
     * answer of an empty group.
     *
     * @param node the name of the node.
     * @return the answer; the same object for each read.
     * @throws IllegalArgumentException if it is not one of {@link #nodes()}.
     */
    GroupReading node(String node);
}
