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
 * @param hierarchy the nodes above them, empty for a group by itself.
 * @param window    over which they are read, empty for an instant.
 * @param nodes     the nodes to be answered; none for all that have a member.
 */
record PanelSubject(Group group, Optional<Hierarchy> hierarchy, Optional<Window> window, List<String> nodes) {
    /** The value that is registered to be kept up to date. */
    Object registered() {
        return hierarchy.isPresent() ? hierarchy.get() : group;
    }
}
