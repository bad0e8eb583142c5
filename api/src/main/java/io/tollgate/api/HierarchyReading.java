package io.tollgate.api;

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
     * The nodes that have a member, as of the last read.
     *
     * @return their names, {@link Hierarchy#ALL} first, the others in the order in which the first member of each was
     *     found.
     */
    List<String> nodes();

    /**
     * The answer of a node. It is filled by each read of this reading, and by nothing else.
     *
     * @param node its name.
     * @return the answer; the same object for each read.
     * @throws IllegalArgumentException if no member has this node, or the reading was made for others.
     */
    GroupReading node(String node);
}
