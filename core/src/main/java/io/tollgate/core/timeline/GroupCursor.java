package io.tollgate.core.timeline;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.panel.GroupAnswer;
import io.tollgate.core.panel.GroupWalk;
import io.tollgate.core.panel.MemberReader;

/** A group, or a node of a hierarchy, at an instant. It moves from change to change, with its own sums. */
final class GroupCursor implements PanelCursor {
    private final GroupAnswer reading;
    private final GroupMetric metric;
    private final GroupWalk walk;
    private boolean isRead;
    private long readAtNs;

    GroupCursor(final Group group, final GroupMetric metric, final MemberReader reader) {
        this(reader.group(group), metric, reader);
    }

    GroupCursor(final WatchedPanel.OfNode of, final MemberReader reader) {
        this(reader.hierarchy(of.hierarchy(), of.node()).node(of.node()), of.metric(), reader);
    }

    private GroupCursor(final GroupAnswer reading, final GroupMetric metric, final MemberReader reader) {
        this.reading = reading;
        this.metric = metric;
        walk = reader.newWalk(reading);
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
        return reading.compare(metric, threshold);
    }

    @Override
    public long nextNs(final long atNs) {
        if (!isRead || readAtNs != atNs) {
            read(atNs);
        }
        return PanelCursor.orNever(reading.nextChangeAtNs());
    }
}
