package io.tollgate.core.timeline;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.panel.GroupWalk;
import io.tollgate.core.panel.MemberReader;

/** A group, or a node of a hierarchy, at an instant: it goes on from change to change with sums of its own. */
final class GroupCursor implements PanelCursor {
    private final GroupReading reading;
    private final GroupMetric metric;
    private final GroupWalk walk;
    private final MemberReader reader;
    private boolean isRead;
    private long readAtNs;

    GroupCursor(final Group group, final GroupMetric metric, final MemberReader reader) {
        this.reader = reader;
        reading = reader.newReading(group);
        walk = reader.newWalk(reading);
        this.metric = metric;
    }

    GroupCursor(final WatchedPanel.OfNode of, final MemberReader reader) {
        this.reader = reader;
        final HierarchyReading nodes = reader.newReading(of.hierarchy(), of.node());
        reading = nodes.node(of.node());
        walk = reader.newWalk(nodes);
        metric = of.metric();
    }

    @Override
    public void read(final long atNs) {
        walk.read(atNs);
        isRead = true;
        readAtNs = atNs;
    }

    @Override
    public long changed(final long seriesNumber, final long fromNs) {
        isRead = false;
        return walk.changed(seriesNumber, fromNs);
    }

    @Override
    public Status status() {
        return reading.status(metric);
    }

    @Override
    public double value() {
        return reading.value(metric);
    }

    @Override
    public int compare(final Threshold threshold) {
        return reader.compare(reading, metric, threshold);
    }

    @Override
    public long nextNs(final long atNs) {
        if (!isRead || readAtNs != atNs) {
            read(atNs);
        }
        return PanelCursor.orNever(reading.nextChangeAtNs());
    }
}
