package io.tollgate.core.timeline;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.panel.MemberReader;

/** Makes looks at what is watched: one class for each kind, and another one for groups over a window. */
public final class PanelLooks {
    private final MemberReader panels;
    private final MetricReader reader;

    /**
     * @param panels reads many series.
     * @param reader reads two.
     */
    public PanelLooks(final MemberReader panels, final MetricReader reader) {
        this.panels = panels;
        this.reader = reader;
    }

    /** A look of its own. */
    public PanelLook look(final WatchedPanel panel) {
        if (panel instanceof WatchedPanel.OfGroup of) {
            return of.window().isPresent()
                    ? new GroupWindowLook(of.group(), of.window().get(), of.metric(), panels)
                    : new GroupLook(of.group(), of.metric(), panels);
        }
        if (panel instanceof WatchedPanel.OfNode of) {
            return new GroupLook(of, panels);
        }
        if (panel instanceof WatchedPanel.OfStack of) {
            return new StackLook(of.stack(), panels);
        }
        if (panel instanceof WatchedPanel.OfPair of) {
            return new PairLook(of, reader, panels.levels());
        }
        return new RatioLook((WatchedPanel.OfRatio) panel, panels);
    }
}
