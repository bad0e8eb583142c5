package io.tollgate.core.timeline;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.panel.GroupAnswer;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.watch.TimelineShape;
import io.tollgate.core.watch.WatchTimeline;

/**
 * A group over a window: it is looked at if the group changes at either end of the window, or changed a nanosecond
 * before the later end, as time begins to be covered, or missing, behind the instant at which a level begins or ends.
 */
final class GroupWindowCursor implements PanelCursor {
    private final GroupMetric metric;
    private final GroupAnswer reading;
    /** Looks at the group by how much earlier: each goes on from change to change by itself. */
    private final long[] earlierNs;

    private final GroupCursor[] cursors;

    GroupWindowCursor(
            final Group group, final Window.Sliding window, final GroupMetric metric, final MemberReader reader) {
        this.metric = metric;
        reading = reader.group(group, window);
        earlierNs = new long[] {0, 1, window.lengthNs()};
        cursors = new GroupCursor[earlierNs.length];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new GroupCursor(group, metric, reader);
        }
    }

    @Override
    public void read(final long atNs) {
        reading.read(atNs);
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
    public TimelineShape shape() {
        return metric.isConcentration() ? TimelineShape.CONSTANT : TimelineShape.MONOTONE;
    }

    @Override
    public long nextNs(final long atNs) {
        long nextNs = WatchTimeline.NEVER;
        for (int i = 0; i < cursors.length; i++) {
            final long foundNs = cursors[i].nextNs(Math.max(atNs, Instants.MIN + earlierNs[i]) - earlierNs[i]);
            if (foundNs <= WatchTimeline.NEVER - earlierNs[i]) {
                nextNs = Math.min(nextNs, foundNs + earlierNs[i]);
            }
        }
        return nextNs;
    }

    @Override
    public boolean isSteady() {
        return false;
    }

    @Override
    public long changed(final long seriesNumber, final long fromNs) {
        long changedFromNs = fromNs;
        for (final GroupCursor cursor : cursors) {
            changedFromNs = Math.min(changedFromNs, cursor.changed(seriesNumber, fromNs));
        }
        return changedFromNs;
    }
}
