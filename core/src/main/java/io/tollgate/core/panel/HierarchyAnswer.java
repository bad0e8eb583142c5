package io.tollgate.core.panel;

import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.ReadingText;
import java.util.List;

/** The answers of one read of a hierarchy. Used by one thread. */
public final class HierarchyAnswer implements HierarchyReading {
    private final Hierarchy hierarchy;
    private final PanelRead read;
    private final GroupQuotients quotients;

    HierarchyAnswer(final Hierarchy hierarchy, final PanelRead read, final GroupQuotients quotients) {
        this.hierarchy = hierarchy;
        this.read = read;
        this.quotients = quotients;
    }

    /** What fills the answers. */
    public PanelRead read() {
        return read;
    }

    boolean isMadeWith(final GroupQuotients readersQuotients) {
        return quotients == readersQuotients;
    }

    @Override
    public Hierarchy hierarchy() {
        return hierarchy;
    }

    @Override
    public List<String> nodes() {
        return read.nodes();
    }

    @Override
    public GroupReading node(final String node) {
        final GroupAnswer answer = read.answer(node);
        if (answer == null) {
            throw new IllegalArgumentException("node=" + node
                    + ", expected one that the reading was made for, or, made for all, one that has a member: see"
                    + " nodes()");
        }
        return answer;
    }

    @Override
    public String toString() {
        return new ReadingText("HierarchyReading").add("nodes", nodes().size()).toString();
    }
}
