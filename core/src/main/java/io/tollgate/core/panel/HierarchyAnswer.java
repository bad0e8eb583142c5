package io.tollgate.core.panel;

import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.core.number.ReadingText;
import java.util.List;

/** The answers of one read of a hierarchy. Used by one thread. */
public final class HierarchyAnswer implements HierarchyReading {
    private final PanelRead panelRead;

    HierarchyAnswer(final PanelRead panelRead) {
        this.panelRead = panelRead;
    }

    @Override
    public HierarchyReading read(final long atNs) {
        panelRead.read(atNs);
        return this;
    }

    /** Returns the read that fills the answers. */
    public PanelRead panelRead() {
        return panelRead;
    }

    @Override
    public Hierarchy hierarchy() {
        return panelRead.subject().hierarchy().orElseThrow();
    }

    @Override
    public List<String> nodes() {
        return panelRead.answers().nodes();
    }

    @Override
    public GroupAnswer node(final String node) {
        final GroupAnswer answer = panelRead.answers().answer(node);
        if (answer == null) {
            throw new IllegalArgumentException("node=" + node + " is not in this reading; nodes() lists its nodes");
        }
        return answer;
    }

    @Override
    public String toString() {
        return new ReadingText("HierarchyReading").add("nodes", nodes().size()).toString();
    }
}
