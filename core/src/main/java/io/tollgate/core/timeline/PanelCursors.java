package io.tollgate.core.timeline;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.panel.MemberReader;

/** Creates the cursors of watched panels: one class for each kind, and another one for groups over a window. */
public record PanelCursors(MemberReader panels, MetricReader reader) {
    /** Creates a new cursor. */
    public PanelCursor cursor(final WatchedPanel panel) {
        if (panel instanceof WatchedPanel.OfGroup of) {
            return of.window().isPresent()
                    ? new GroupWindowCursor(of.group(), of.window().get(), of.metric(), panels)
                    : new GroupCursor(of.group(), of.metric(), panels);
        }
        if (panel instanceof WatchedPanel.OfNode of) {
            return new GroupCursor(of, panels);
        }
        if (panel instanceof WatchedPanel.OfStack of) {
            return new StackCursor(of.stack(), panels);
        }
        if (panel instanceof WatchedPanel.OfPair of) {
            return new PairCursor(of, reader, panels.levels());
        }
        return new RatioCursor((WatchedPanel.OfRatio) panel, panels);
    }
}
