package io.tollgate.core.panel;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Window;
import java.util.List;
import java.util.Optional;

/**
 * The subject of a read: a group or a hierarchy, at an instant or over a window.
 *
 * @param group     the members.
 * @param hierarchy the nodes above them, empty for a group without a hierarchy.
 * @param window    the window to read, empty for an instant.
 * @param nodes     the nodes to be answered; empty for all nodes that have a member.
 */
record PanelSubject(Group group, Optional<Hierarchy> hierarchy, Optional<Window> window, List<String> nodes) {
    /** Returns the value under which the sums are registered. */
    Object registered() {
        return hierarchy.isPresent() ? hierarchy.get() : group;
    }
}
